import { count } from '../quote.ts';
import { userWords } from '../users/user-words.ts';
import type { EffectChange, EffectFailure, EffectTotal } from './notice-effect.ts';

/** The number of assets that are named; the rest is counted. */
const NAMED = 5;

/** Describes what notifications changed in one line; empty if nothing did. */
export function noticeWords(total: EffectTotal, names: ReadonlyMap<string, string>): string {
  const nameOf = (adamId: string) => names.get(adamId) ?? `asset ${adamId}`;
  const changed = total.changes.map((change) => changeWords(change, nameOf)).filter((words) => words !== '');
  const parts = [
    ...changed.slice(0, NAMED),
    changed.length > NAMED ? `and of ${count(changed.length - NAMED, 'other asset')}` : '',
    ...total.failed.slice(0, NAMED).map((failure) => failureWords(failure, nameOf)),
    total.failed.length > NAMED ? `and ${count(total.failed.length - NAMED, 'other failure')}` : '',
    userWords(total.users),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `Apple notified: ${parts.join('; ')}.`;
}

/** `3 licenses of Keynote assigned elsewhere, 1 released`. */
function changeWords(change: EffectChange, nameOf: (adamId: string) => string): string {
  const { assigned, givenBack, bought } = change;
  const acts = [
    { licenses: assigned, act: 'assigned elsewhere' },
    { licenses: givenBack, act: 'given back' },
    { licenses: Math.max(bought, 0), act: 'bought' },
    { licenses: Math.max(-bought, 0), act: 'refunded or transferred away' },
  ].filter(({ licenses }) => licenses > 0);
  const [first, ...others] = acts;
  if (first === undefined) return '';
  const start = `${count(first.licenses, 'license')} of ${nameOf(change.adamId)} ${first.act}`;
  return [start, ...others.map(({ licenses, act }) => `${count(licenses, act, act)}`)].join(', ');
}

function failureWords(failure: EffectFailure, nameOf: (adamId: string) => string): string {
  const act = failure.change === 'given' ? 'assigned' : 'given back';
  const number = failure.errorNumber === null ? '' : ` (${failure.errorNumber})`;
  return `${count(failure.licenses, 'license')} of ${nameOf(failure.adamId)} could not be ${act}${number}`;
}
