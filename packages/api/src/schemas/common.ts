import { z } from 'zod';

export const Id = z.uuid();
/** An instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime();

/** Line breaks, other control characters, and marks that change the direction of the following text. */
const UNSHOWABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const SHOWABLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

const INVISIBLE = 'has to be a single line without invisible control or direction characters';

/**
 * A text that a person types and others read, in tables, log lines, and messages. It can't affect the surrounding text.
 */
export function oneLine(text: z.ZodString): z.ZodString {
  return text.refine((typed) => !UNSHOWABLE.test(typed), INVISIBLE);
}

/** A name that a person chooses. Responses use plain text instead, because older names may break this rule. */
export const Name = oneLine(z.string().trim().min(1).max(120)).refine(
  (typed) => SHOWABLE.test(typed),
  'has to contain a visible character',
);

/** The name of a file from a browser or a program. Nobody chose it for Winesap, so it is cleaned instead of refused. */
export const FileName = z
  .string()
  .max(255)
  .transform((name) => name.replace(new RegExp(UNSHOWABLE, 'gu'), ''));

/** The maximum number of rows, and where to continue: the `nextCursor` of the previous page. */
export const PageQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(400).optional(),
});

/** A flag in a query string: `true` or `false`. */
export const Flag = z.enum(['true', 'false']).transform((text) => text === 'true');
