import type { Answer } from '../http/answer.ts';
import { churn } from '../world/churn.ts';
import type { Location } from '../world/location.ts';
import type { Unknowns } from '../world/unknowns.ts';
import { edgeAnswer } from './edge-faults.ts';
import type { Faults, Occasion } from './faults.ts';

/** What is left of an answer: whole, cut off on the wire, or nothing but a broken connection. */
export type AnswerOutcome = { kind: 'answer'; answer: Answer } | { kind: 'cut'; answer: Answer } | { kind: 'reset' };

/** Strikes on an answer that is ready: what was asked for has been done. */
export function strikeAnswer(faults: Faults, answer: Answer, occasion: Occasion): AnswerOutcome {
  if (faults.active.length === 0) return { kind: 'answer', answer };
  if (faults.strike('reset-after-accept', occasion) !== undefined) return { kind: 'reset' };
  const edge = faults.strike('edge-after-accept', occasion);
  if (edge !== undefined) return { kind: 'answer', answer: edgeAnswer(edge) };
  const empty = faults.strike('empty-body', occasion);
  if (empty !== undefined) {
    return { kind: 'answer', answer: { ...answer, status: Number(empty.options.status), body: '' } };
  }
  if (faults.strike('truncated-json', occasion) !== undefined) {
    return { kind: 'answer', answer: { ...answer, body: answer.body.slice(0, Math.floor(answer.body.length / 2)) } };
  }
  if (faults.strike('truncated-transfer', occasion) !== undefined) return { kind: 'cut', answer };
  return { kind: 'answer', answer };
}

/** After a page was read: assignments change, so that the next page is of another version. */
export function tearPages(faults: Faults, location: Location, occasion: Occasion, unknowns: Unknowns): void {
  const torn = faults.strike('torn-pages', occasion);
  if (torn === undefined) return;
  churn(location, { assign: Number(torn.options.assign), unassign: Number(torn.options.unassign) }, unknowns);
  touchVersions(location);
}

export function touchVersions({ versions }: Location): void {
  versions.bump('assets');
  versions.bump('assignments');
  versions.bump('users');
}
