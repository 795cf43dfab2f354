import { z } from 'zod';
import type { Field } from './field.ts';
import type { KindOfChannel } from './kinds.ts';

/** What is shown of a sealed setting: that a password is set, or the names of the headers. */
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

/** The schema of what may be shown of a kind's settings. */
export type ShownShape<K extends KindOfChannel> = { kind: z.ZodLiteral<K['kind']> } & {
  [Name in keyof K['fields'] & string as ShownName<Name, K['fields'][Name]>]: ShownSchema<K['fields'][Name]>;
};

export function shownShape({ kind, fields }: KindOfChannel): z.ZodRawShape {
  return { kind: z.literal(kind), ...eachShown(fields, ({ schema }) => schema) };
}

/** Returns what a form may show of stored settings: no secrets, and no addresses that are credentials. */
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

/** The name under which the shown settings report whether a secret is set: `hasPassword`. */
export function hasName(name: string): string {
  return `has${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
