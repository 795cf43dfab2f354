import { parseInstant } from '../../time/instant.ts';

/** A request to the control surface that is refused, with the sentence why. */
export class ControlRefusal extends Error {
  readonly status: number;

  constructor(message: string, status = 400) {
    super(message);
    this.status = status;
  }
}

/** Reads one property: gives its value, undefined when absent is fine, or throws a sentence. */
export type Field<T> = (value: unknown, name: string) => T;
type Read<F extends Record<string, Field<unknown>>> = { [K in keyof F]: ReturnType<F[K]> };

/** The properties of a JSON object, each by its field; unknown ones are refused. */
export function readFields<F extends Record<string, Field<unknown>>>(body: unknown, fields: F): Read<F> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new ControlRefusal('the body is a JSON object');
  for (const name of Object.keys(body)) {
    if (!Object.hasOwn(fields, name)) {
      throw new ControlRefusal(
        `there is no property ${name} here; there are ${Object.keys(fields).join(', ') || 'none'}`,
      );
    }
  }
  const entries = Object.entries(fields).map(([name, field]) => [
    name,
    field((body as Record<string, unknown>)[name], name),
  ]);
  return Object.fromEntries(entries) as Read<F>;
}

export function optional<T>(field: Field<T>): Field<T | undefined> {
  return (value, name) => (value === undefined ? undefined : field(value, name));
}

export const textField: Field<string> = (value, name) => {
  if (typeof value !== 'string' || value.trim() === '') throw new ControlRefusal(`${name} is a text that is not empty`);
  return value;
};

export const anyTextField: Field<string> = (value, name) => {
  if (typeof value !== 'string') throw new ControlRefusal(`${name} is a text`);
  return value;
};

export const booleanField: Field<boolean> = (value, name) => {
  if (typeof value !== 'boolean') throw new ControlRefusal(`${name} is true or false`);
  return value;
};

export function intField(min: number, max = Number.MAX_SAFE_INTEGER): Field<number> {
  return (value, name) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      throw new ControlRefusal(`${name} is a whole number from ${min} to ${max}`);
    }
    return value;
  };
}

export function choiceField<T extends string>(...choices: readonly T[]): Field<T> {
  return (value, name) => {
    const choice = choices.find((one) => one === value);
    if (choice === undefined) throw new ControlRefusal(`${name} is one of ${choices.join(', ')}`);
    return choice;
  };
}

export function listField<T>(field: Field<T>): Field<T[]> {
  return (value, name) => {
    if (!Array.isArray(value)) throw new ControlRefusal(`${name} is a list`);
    return value.map((one, i) => field(one, `${name}[${i}]`));
  };
}

export const instantField: Field<number> = (value, name) => {
  const ms = parseInstant(value);
  if (ms === undefined)
    throw new ControlRefusal(`${name} is an ISO 8601 instant with Z or an offset, or epoch milliseconds`);
  return ms;
};

/** The id of an item in the store: digits, also as a number. */
export const adamIdField: Field<string> = (value, name) => {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !/^\d{1,18}$/.test(text)) throw new ControlRefusal(`${name} is a text of digits`);
  return text;
};
