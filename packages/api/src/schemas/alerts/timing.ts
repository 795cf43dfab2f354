import { z } from 'zod';
import { Id } from '../common.ts';

/** Local wall-clock time of the readers: 07:30. */
const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'has to be a time of day like 07:30')
  .meta({ example: '07:30' });

const TimeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, 'has to be a time zone like Europe/Berlin')
  .meta({ example: 'Europe/Berlin' });

const Weekday = z.number().int().min(1).max(7).describe('1 is Monday, 7 is Sunday.');

/** When a channel sends. Daylight saving time is respected: 07:30 is 07:30 all year. */
export const Timing = z
  .strictObject({
    timeZone: TimeZone,
    quiet: z
      .strictObject({ from: TimeOfDay, to: TimeOfDay })
      .nullable()
      .describe('What comes in these hours waits for their end, unless its rule is urgent. May go over midnight.'),
    digest: z
      .discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('immediately') }),
        z.strictObject({ kind: z.literal('daily'), at: TimeOfDay }),
        z.strictObject({ kind: z.literal('weekly'), weekday: Weekday, at: TimeOfDay }),
      ])
      .describe('Daily and weekly: all that came since in one message. Urgent rules do not wait.'),
  })
  .meta({ id: 'Timing' });
export type Timing = z.output<typeof Timing>;

/** The weekly report of an email channel, in the channel's time zone. */
export const ReportPlan = z
  .strictObject({
    weekday: Weekday,
    at: TimeOfDay,
    organizationId: Id.nullable().describe('Null: of all organizations.'),
  })
  .meta({ id: 'ReportPlan' });
export type ReportPlan = z.output<typeof ReportPlan>;

export const AT_ONCE: Timing = { timeZone: 'UTC', quiet: null, digest: { kind: 'immediately' } };

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
