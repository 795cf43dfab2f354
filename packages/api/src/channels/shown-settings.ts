import { z } from 'zod';
import type { Field } from './field.ts';
import type { KindOfChannel } from './kinds.ts';

/** Of a setting that is sealed only this is shown: that there is a password, how the headers are called. */
type ShownName<Name extends string, F extends Field> = F['sealed'] extends false
  ? Name
  : F['input'] extends 'password'
    ? `has${Capitalize<Name>}`
    : F['input'] extends 'headers'
      ? 'headerNames'
      : never;
type ShownSchema<F extends Field> = F['sealed'] extends false
  ? F['asked']
  : F['input'] extends 'password'
    ? z.ZodBoolean
    : z.ZodArray<z.ZodString>;

/** The shape of what may be shown of a kind's settings. */
export type ShownShape<K extends KindOfChannel> = { kind: z.ZodLiteral<K['kind']> } & {
  [Name in keyof K['fields'] & string as ShownName<Name, K['fields'][Name]>]: ShownSchema<K['fields'][Name]>;
};

export function shownShape({ kind, fields }: KindOfChannel): z.ZodRawShape {
  return { kind: z.literal(kind), ...eachShown(fields, ({ schema }) => schema) };
}

/** What a form may show again of stored settings: nothing that opens a channel, no address that is a credential. */
export function shownSettings({ kind, fields }: KindOfChannel, stored: Readonly<Record<string, unknown>>): unknown {
  return { kind, ...eachShown(fields, ({ of, name }) => of(stored[name])) };
}

interface Shown {
  name: string;
  schema: z.ZodType;
  of: (stored: unknown) => unknown;
}

function eachShown<T>(fields: KindOfChannel['fields'], pick: (one: Shown) => T): Record<string, T> {
  const shown: Record<string, T> = {};
  for (const [name, { input, sealed, asked }] of Object.entries(fields)) {
    if (!sealed) shown[name] = pick({ name, schema: asked, of: (value) => value });
    else if (input === 'password') shown[hasName(name)] = pick({ name, schema: z.boolean(), of: isThere });
    else if (input === 'headers') shown.headerNames = pick({ name, schema: z.array(z.string()), of: namesOf });
  }
  return shown;
}

const isThere = (value: unknown) => (value ?? '') !== '';
const namesOf = (value: unknown) => Object.keys(value ?? {});

/** How the settings that are shown say whether there is such a secret: `hasPassword`. */
export function hasName(name: string): string {
  return `has${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
