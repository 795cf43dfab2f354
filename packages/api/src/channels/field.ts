import { z } from 'zod';
import { oneLine } from '../schemas/common.ts';

/** How a setting is entered, which also decides how sealed ones are described: `shown-settings.ts`. */
export type FieldInput = 'url' | 'text' | 'number' | 'password' | 'choice' | 'list' | 'headers' | 'template';

/** A setting of a channel: its allowed values, and the words that ask for it. */
export interface Field {
  input: FieldInput;
  label: string;
  /** Shown below the label in the console. */
  help?: string;
  placeholder?: string;
  /** The initial value, as typed. */
  initial?: string;
  /** For numbers. */
  range?: readonly [least: number, most: number];
  choices?: readonly { value: string; label: string }[];
  /** The usual value for each choice of another field. It follows that field until a person changes it. */
  follows?: { field: string; usual: Readonly<Record<string, string>> };
  /** The console shows it next to the preceding field. */
  beside?: true;
  /** Never shown again, and kept if a change omits it. */
  sealed: boolean;
  /** What the console asks for while it is empty; null if it is optional. */
  missing: string | null;
  /** Its option on the command line: the name of the value, and its meaning. */
  option: { value: string; help: string };
  /** The schema for a new channel, and for a change. */
  asked: z.ZodType;
  changed: z.ZodType;
}

const KEPT = 'Left out: what is stored stays.';

const HttpUrl = z.url({ protocol: /^https?$/ }).max(2000);
const Headers = z
  .record(
    z.string().regex(/^[\w-]{1,100}$/),
    z
      .string()
      .max(2000)
      .regex(/^[\x20-\x7e]*$/),
  )
  .refine((headers) => Object.keys(headers).length <= 20, 'has to be at most 20 headers');
const Password = z.string().max(1000).optional();

/** The address that messages are posted to. Sealed, because anyone who knows a chat's address can post there. */
export function addressField(help: string) {
  return {
    input: 'url',
    label: 'Address',
    help,
    placeholder: 'https://…',
    sealed: true,
    missing: 'Give the address it is sent to.',
    option: { value: 'file', help: 'file with the address, or - for standard input' },
    asked: HttpUrl,
    changed: HttpUrl.optional().describe(KEPT),
  } as const satisfies Field;
}

/** An optional secret, such as a password. `again`: when a stored one has to be entered again. */
export function passwordField<const Words extends Pick<Field, 'label' | 'beside'>>(words: Words, again: string) {
  return {
    input: 'password',
    ...words,
    sealed: true,
    missing: null,
    option: { value: 'file', help: `file with the ${words.label.toLowerCase()}, or - for standard input` },
    asked: Password,
    changed: Password.describe(`${KEPT} ${again} Empty: none.`),
  } as const satisfies Field;
}

/** Additional headers; often one of them is a credential. */
export function headersField() {
  return {
    input: 'headers',
    label: 'Headers',
    placeholder: 'Authorization: Bearer …',
    sealed: true,
    missing: null,
    option: { value: 'file', help: 'file with a JSON object of headers, or - for standard input' },
    asked: Headers.default({}),
    changed: Headers.optional().describe(`${KEPT} Needed again when the host changes.`),
  } as const satisfies Field;
}

type Words = Omit<Field, 'input' | 'sealed' | 'asked' | 'changed'>;

/** A setting that is shown again and repeated in every change. */
export function openField<const Input extends FieldInput, Schema extends z.ZodType>(
  input: Input,
  schema: Schema,
  words: Words,
) {
  return { input, ...words, sealed: false, asked: schema, changed: schema } as const;
}

export function numberField<const Range extends readonly [number, number]>(range: Range, words: Words) {
  return openField('number', z.number().int().min(range[0]).max(range[1]), { range, ...words });
}

/** A line of text. */
export function lineOf(longest: number) {
  return oneLine(z.string().trim().min(1).max(longest));
}
