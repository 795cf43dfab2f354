import { readFile } from 'node:fs/promises';
import { CHANNEL_KINDS, channelKind, type Field } from '@winesap/api';
import { Option } from 'commander';
import { refusal } from '../refusal.ts';
import { readSecretFile } from '../session/read-secret-file.ts';
import type { Session } from '../session/session.ts';

/** The typed values, by the attributes of `fieldOptions`. */
export type FieldOptions = Readonly<Record<string, string | string[] | undefined>>;

/** Returns an option for every setting of every kind of channel. Kinds share settings with the same name. */
export function fieldOptions(): Option[] {
  const options = new Map<string, { option: Option; helps: Map<string, string[]> }>();
  for (const { kind, fields } of CHANNEL_KINDS)
    for (const [name, field] of Object.entries<Field>(fields)) {
      const option = optionOf(name, field);
      const known = options.get(option.flags) ?? { option, helps: new Map() };
      known.helps.set(field.option.help, [...(known.helps.get(field.option.help) ?? []), kind]);
      options.set(option.flags, known);
    }
  return [...options.values()].map(({ option, helps }) => {
    option.description = [...helps].map(([help, kinds]) => `${kinds.join(', ')}: ${help}`).join('; ');
    return option;
  });
}

/** Secrets are read from files, and so are texts with many lines. */
function optionOf(name: string, { input, sealed, choices, option: { value } }: Field): Option {
  const words = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const option = new Option(`--${words}${sealed ? '-file' : ''} <${value}${input === 'list' ? '...' : ''}>`);
  return choices === undefined ? option : option.choices(choices.map((one) => one.value));
}

/**
 * Returns the settings of a channel: the typed value, else the shown part of the stored one, else the default.
 * `stored`: null for a new channel. Sealed settings of a stored channel that were not typed are left out, and stay.
 * Errors: usage.channel if a required setting is missing; those of reading what was typed.
 */
export async function readSettings(
  session: Session,
  kind: string,
  typed: FieldOptions,
  stored: Readonly<Record<string, unknown>> | null,
): Promise<Record<string, unknown>> {
  const settings: Record<string, unknown> = {};
  const missing: string[] = [];
  for (const [name, field] of Object.entries(channelKind(kind).fields)) {
    const option = optionOf(name, field);
    const said = typed[option.attributeName()];
    // A person should see the template before it is used.
    const usual = field.input === 'template' ? undefined : field.initial;
    const value =
      said === undefined && !field.sealed && stored?.[name] !== undefined
        ? stored[name]
        : await readField(session, name, field, said ?? (stored !== null && field.sealed ? undefined : usual));
    if (value !== undefined) settings[name] = value;
    else if (field.missing !== null && !(stored !== null && field.sealed)) missing.push(option.long ?? name);
  }
  if (missing.length === 0) return settings;
  throw refusal(
    'usage.channel',
    `A channel of the kind ${kind} needs ${missing.join(' and ')}.`,
    stored === null ? 'Nothing was made.' : 'Nothing was changed.',
  );
}

async function readField(
  session: Session,
  name: string,
  field: Field,
  typed: string | string[] | undefined,
): Promise<unknown> {
  if (typed === undefined || Array.isArray(typed)) return typed;
  const { stdin } = session.context;
  switch (field.input) {
    case 'text':
    case 'choice':
    case 'list':
      return typed;
    case 'number':
      return readNumber(name, field, typed);
    case 'url':
      return (await readSecretFile(typed, stdin)).trim();
    case 'password':
      return readSecretFile(typed, stdin);
    case 'headers':
      return readJson(name, typed, await readSecretFile(typed, stdin));
    case 'template':
      return readFile(typed, 'utf8').catch((cause: NodeJS.ErrnoException) => {
        throw refusal(`usage.${name}`, `${typed} cannot be read (${cause.code}).`, `Give the path of a ${name}.`);
      });
  }
}

function readNumber(name: string, { label, range = [0, Number.MAX_SAFE_INTEGER] }: Field, text: string): number {
  const number = Number(text);
  const [least, most] = range;
  if (Number.isInteger(number) && number >= least && number <= most) return number;
  const title = `“${text}” is not a ${label.toLowerCase()}.`;
  throw refusal(`usage.${name}`, title, `Give a number from ${least} to ${most}.`);
}

function readJson(name: string, file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(`usage.${name}`, `${file} isn’t valid JSON.`, 'Write headers like {"Authorization": "Bearer …"}.');
  }
}
