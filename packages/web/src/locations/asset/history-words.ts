import type { Asset, AssetDay } from '@winesap/api';
import { count } from '@winesap/api/words';
import { dayWords } from './history-points.ts';

/** The lines of the plot: each has a colour and a stroke of its own, so that they are told apart without colour. */
export const HISTORY_LINES = [
  { id: 'total', color: '--ink-3', width: 1.5, dash: [2, 3] },
  { id: 'assigned', color: '--accent', width: 2, filled: true },
  { id: 'available', color: '--unknown', width: 2, dash: [7, 4] },
  { id: 'retired', color: '--ink-3', width: 1 },
] as const;
export type HistoryLine = (typeof HISTORY_LINES)[number]['id'];

type Limits = Pick<Asset, 'unlimited'>;

/** `400 in total, 212 assigned, 188 available`. */
export function countsOf(day: AssetDay, { unlimited }: Limits): string {
  const assigned = `${count(day.assigned)} assigned`;
  if (unlimited || day.unlimited) return `unlimited, ${assigned}`;
  return `${count(day.total)} in total, ${assigned}, ${count(day.available)} available`;
}

/** What became of the counts from the first to the last of these days, in one sentence. */
export function changeOver(days: readonly AssetDay[], limits: Limits): string {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return '';
  if (days.length === 1) return `Since ${dayWords(first.day)} nothing changed: ${countsOf(last, limits)}.`;
  const most = Math.max(...days.flatMap(({ assigned }) => (assigned === null ? [] : [assigned])), 0);
  return `Since ${dayWords(first.day)} assigned went from ${count(first.assigned)} to ${count(last.assigned)}, at most ${count(most)}. Now: ${countsOf(last, limits)}.`;
}
