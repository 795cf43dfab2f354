import { Refusal } from '../refusal.ts';

/** A list of texts in a body: empty when absent, `malformed` when it is something else. */
export interface TextList {
  readonly items: readonly string[];
  readonly malformed: boolean;
}

export function textList(value: unknown): TextList {
  if (value === undefined || value === null) return { items: [], malformed: false };
  if (!Array.isArray(value)) return { items: [], malformed: true };
  const texts = value.filter((item): item is string => typeof item === 'string' && item !== '');
  return { items: texts, malformed: texts.length !== value.length };
}

export function refuseAbove(items: Iterable<unknown>, limit: number | undefined, errorNumber: number): void {
  if (limit !== undefined && new Set(items).size > limit) throw new Refusal(errorNumber);
}

export function refuseTwice(items: readonly unknown[], errorNumber: number): void {
  if (new Set(items).size !== items.length) throw new Refusal(errorNumber);
}
