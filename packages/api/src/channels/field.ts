import { z } from 'zod';
import { oneLine } from '../schemas/common.ts';

/** How a setting is typed in, and with it how sealed ones are spoken of: `shown-settings.ts`. */
export type FieldInput = 'url' | 'text' | 'number' | 'password' | 'choice' | 'list' | 'headers' | 'template';

/** A setting of a channel: what it may be, and the words a person is asked for it with. */
export interface Field {
  input: FieldInput;
  label: string;
  /** Below the label in the console. */
  help?: string;
  placeholder?: string;
  /** The value until a person types another one, as it is typed. */
  initial?: string;
  /** Of numbers. */
  range?: readonly [least: number, most: number];
  choices?: readonly { value: string; label: string }[];
  /** What it usually is for each choice of another field; it follows that one while nobody chose otherwise. */
  follows?: { field: string; usual: Readonly<Record<string, string>> };
  /** The console shows it beside the field before it. */
  beside?: true;
  /** Never shown again, and kept where a change leaves it out. */
  sealed: boolean;
  /** What the console asks for while it is empty; null where it may stay so. */
  missing: string | null;
  /** Its option on the command line: what the value is called, and what is meant. */
  option: { value: string; help: string };
  /** As a new channel takes it, and as a change does. */
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

/** Where messages are posted. Sealed: who knows the address of a chat can write there. */
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

/** A password or the like, which may be left out. `again`: when a kept one has to be typed again. */
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

/** Headers that are sent along; often one of them is a credential. */
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

/** A setting that is shown again, and that a change says again. */
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
