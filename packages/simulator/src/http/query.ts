import { Refusal } from './refusal.ts';

/** A whole number of the query; undefined when absent, 9602 when it is none. */
export function intParameter(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null || value === '') return undefined;
  if (!/^-?\d{1,10}$/.test(value)) throw new Refusal(9602, { detail: `Invalid argument: ${name}.` });
  return Number(value);
}

/** `true` or `false` in any case, also 1 and 0; undefined when absent. */
export function booleanParameter(query: URLSearchParams, name: string): boolean | undefined {
  const value = query.get(name)?.toLowerCase();
  if (value === undefined || value === '') return undefined;
  if (value === 'true' || value === '1') return true;
  if (value === 'false' || value === '0') return false;
  throw new Refusal(9602, { detail: `Invalid argument: ${name}.` });
}

export function textParameter(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name);
  return value === null || value === '' ? undefined : value;
}

export function choiceParameter<T extends string>(
  query: URLSearchParams,
  name: string,
  choices: readonly T[],
): T | undefined {
  const value = textParameter(query, name);
  if (value === undefined) return undefined;
  const choice = choices.find((one) => one === value);
  if (choice === undefined) throw new Refusal(9602, { detail: `Invalid argument: ${name}.` });
  return choice;
}

/** Several values, repeated or separated by commas: which of the two Apple means is not known. */
export function listParameter(query: URLSearchParams, name: string): string[] | undefined {
  const values = query
    .getAll(name)
    .flatMap((value) => value.split(','))
    .filter((value) => value !== '');
  return values.length === 0 ? undefined : values;
}
