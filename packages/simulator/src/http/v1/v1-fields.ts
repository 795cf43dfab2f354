import { Refusal } from '../refusal.ts';

type Body = Readonly<Record<string, unknown>>;

/** A text of the body; undefined when absent, null, or empty. */
export function text(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') throw invalid(name);
  return value;
}

export function requiredText(body: Body, name: string): string {
  const value = text(body, name);
  if (value === undefined) throw new Refusal(9600, { detail: `Missing required argument: ${name}.` });
  return value;
}

/** A whole number, also as digits. */
export function whole(body: Body, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'number' && typeof value !== 'string') throw invalid(name);
  if (!/^\d{1,16}$/.test(String(value))) throw invalid(name);
  return Number(value);
}

/** True, false, 1 or 0, also as texts; false when absent. */
export function flag(body: Body, name: string): boolean {
  const value = body[name];
  if (value === undefined || value === null) return false;
  if (['true', '1'].includes(String(value).toLowerCase())) return true;
  if (['false', '0', ''].includes(String(value).toLowerCase())) return false;
  throw invalid(name);
}

/** A list of texts; undefined when absent or null, as samples send it, or empty. */
export function texts(body: Body, name: string): readonly string[] | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || !value.every((one): one is string => typeof one === 'string' && one !== '')) {
    throw invalid(name);
  }
  return value.length === 0 ? undefined : value;
}

export function invalid(name: string): Refusal {
  return new Refusal(9602, { detail: `Invalid argument: ${name}.` });
}
