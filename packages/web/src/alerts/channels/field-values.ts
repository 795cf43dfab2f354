import { type ChannelSettings, channelKind, type Field, hasName } from '@winesap/api';

/** Of the window of a channel, what its kind asks for. */
interface Typed {
  kind: string;
  typed: Readonly<Record<string, string>>;
  stored: ChannelSettings | null;
}

/** What stands in a field: what was typed, or what it usually is. */
export function textIn(name: string, field: Field, { typed }: Pick<Typed, 'typed'>): string {
  return typed[name] ?? field.initial ?? '';
}

/** What is shown of stored settings, as a person would type it. */
export function typedOf(kind: string, settings: ChannelSettings | null): Record<string, string> {
  const shown = Object.entries(settings ?? {}).filter(([name]) => Object.hasOwn(channelKind(kind).fields, name));
  return Object.fromEntries(shown.map(([name, value]) => [name, asText(value)]));
}

function asText(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value ?? '');
}

/** Whether there is something stored that stays where the field is left empty. */
export function isKept(name: string, field: Field, stored: ChannelSettings | null): boolean {
  if (!field.sealed || stored === null) return false;
  const shown: Readonly<Record<string, unknown>> = stored;
  if (field.input === 'password') return shown[hasName(name)] === true;
  if (field.input === 'headers') return keptHeaders(stored).length > 0;
  return true;
}

export function keptHeaders(stored: ChannelSettings | null): readonly string[] {
  return stored !== null && 'headerNames' in stored ? stored.headerNames : [];
}

/** The first setting that is missing or is not what it has to be; null when all are there. */
export function whatIsMissing(form: Typed): string | null {
  for (const [name, field] of Object.entries(channelKind(form.kind).fields)) {
    const value = textIn(name, field, form).trim();
    if (value === '' && field.missing !== null && !isKept(name, field, form.stored)) return field.missing;
    if (value !== '' && read(field, value) === undefined) return unread(field);
  }
  return null;
}

function unread({ input, label, missing }: Field): string {
  if (input === 'url') return 'The address is not one: https://…';
  if (input === 'headers') return 'Headers: one a line, as Name: value.';
  return missing ?? `${label} is not what it has to be.`;
}

/** The settings that the fields describe. Fields that are empty are left out. */
export function settingsOf(form: Typed): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(channelKind(form.kind).fields)) {
    const value = read(field, textIn(name, field, form));
    if (value !== undefined) settings[name] = value;
  }
  return settings;
}

/** Undefined where nothing was typed, or something else than what it has to be. */
function read({ input }: Field, typed: string): unknown {
  if (typed.trim() === '') return undefined;
  switch (input) {
    case 'text':
    case 'choice':
      return typed.trim();
    case 'password':
    case 'template':
      return typed;
    case 'url':
      return URL.canParse(typed.trim()) ? typed.trim() : undefined;
    case 'number':
      return /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : undefined;
    case 'list':
      return listOf(typed);
    case 'headers':
      return headersOf(typed);
  }
}

function listOf(words: string): string[] | undefined {
  const list = words.split(/[\s,;]+/).filter((word) => word !== '');
  return list.length === 0 ? undefined : list;
}

/** `Name: value` a line; undefined when a line is something else. */
function headersOf(words: string): Record<string, string> | undefined {
  const headers: Record<string, string> = {};
  for (const line of words.split('\n')) {
    if (line.trim() === '') continue;
    const [, name, value] = /^\s*([\w-]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    headers[name] = value;
  }
  return headers;
}

/** What is typed once a choice is made: what follows it changes along, where nobody chose otherwise. */
export function chosen(name: string, choice: string, form: Typed): Record<string, string> {
  const { fields } = channelKind(form.kind);
  const typed: Record<string, string> = { ...form.typed, [name]: choice };
  const before = fields[name] === undefined ? '' : textIn(name, fields[name], form);
  for (const [other, field] of Object.entries(fields)) {
    if (field.follows?.field !== name) continue;
    const { usual } = field.follows;
    if (textIn(other, field, form) === usual[before]) typed[other] = usual[choice] ?? '';
  }
  return typed;
}
