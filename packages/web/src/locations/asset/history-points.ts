import type { AssetDay } from '@winesap/api';

const DAY_MS = 86_400_000;

/** `2026-11-22` when it is a day, else nothing: a mistyped address still opens. */
export function dayOf(text: string | undefined): string | null {
  if (text === undefined || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const at = new Date(`${text}T00:00:00Z`);
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text ? null : text;
}

const days = new Intl.DateTimeFormat(navigator.languages, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `22 Nov 2026`, for a day as the history counts them. */
export function dayWords(day: string): string {
  return days.format(new Date(`${day}T00:00:00Z`));
}

export function today(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** How much of the history is shown, by the words of the address. */
export const SPANS = { '30': '30 days', '90': '90 days', '365': 'a year', all: 'all' } as const;
export type Span = keyof typeof SPANS;

export function spanOf(text: string | undefined): Span {
  return text !== undefined && text in SPANS ? (text as Span) : '90';
}

/**
 * The readings of a span, oldest first. What held when it began stands at its beginning; between two readings nothing
 * changed.
 */
export function daysIn(history: readonly AssetDay[], span: Span, now: number): AssetDay[] {
  if (span === 'all') return [...history];
  const begin = new Date(now - Number(span) * DAY_MS).toISOString();
  const within = history.filter(({ readAt }) => readAt >= begin);
  const before = history.findLast(({ readAt }) => readAt < begin);
  return before === undefined ? within : [{ ...before, readAt: begin }, ...within];
}
