import { z } from 'zod';

/**
 * A refusal or failure (RFC 9457, `application/problem+json`). Programs decide on `code`, people read `title` and
 * `detail`. `data` contains the facts behind the text, under names that belong to the code.
 */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string().describe('One sentence: what is wrong.'),
    status: z.number().int(),
    detail: z.string().describe('What follows, and the one next step.'),
    code: z.string().describe('Stable, for programs: renewal.location-mismatch'),
    instance: z.string().optional().describe('The request this answers, as the log names it.'),
    data: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof Problem>;
