import type { BatchFile, BatchSummary } from '../schemas/files/batch.ts';
import { count, plural } from './numbers.ts';

/** One sentence about all files of a batch: `40 files: 35 ready, 5 with a problem.` */
export function batchWords({ counts }: Pick<BatchSummary, 'counts'>): string {
  const parts = [
    counts.looking > 0 && `${count(counts.looking)} being looked at`,
    counts.ready > 0 && `${count(counts.ready)} ready`,
    counts.working > 0 && `${count(counts.working)} in progress`,
    counts.done > 0 && `${count(counts.done)} done`,
    counts.failed > 0 && `${count(counts.failed)} failed`,
    counts.problems > 0 && `${count(counts.problems)} with a problem`,
    counts.forgotten > 0 && `${count(counts.forgotten)} not used`,
  ].filter((part) => part !== false);
  return `${plural(counts.files, 'file')}${parts.length === 0 ? '' : `: ${parts.join(', ')}`}.`;
}

/** What confirming these files does: `Add 3 and renew 35 tokens`. */
export function confirmWords(files: readonly Pick<BatchFile, 'act'>[]): string {
  const adds = files.filter(({ act }) => act === 'add').length;
  const renews = files.length - adds;
  if (adds === 0) return `Renew ${renews === 0 ? 'tokens' : plural(renews, 'token')}`;
  return renews === 0 ? `Add ${plural(adds, 'token')}` : `Add ${count(adds)} and renew ${plural(renews, 'token')}`;
}

/** What becomes of one file, or became of it. */
export function outcomeWords({ verdict, act, mode, problem, needsConsent }: OutcomeOf): string {
  switch (verdict) {
    case 'looking':
      return 'asking Apple…';
    case 'ready':
      if (act === 'add') return mode === 'manage' ? 'add and manage' : 'add and watch';
      return needsConsent ? 'renew with the older file' : 'renew';
    case 'working':
      return act === 'add' ? 'adding…' : 'renewing…';
    case 'done':
      return act === 'add' ? 'added' : 'renewed';
    case 'forgotten':
      return 'not used';
    case 'problem':
    case 'failed':
      return problem?.title ?? '';
  }
}

type OutcomeOf = Pick<BatchFile, 'verdict' | 'act' | 'mode' | 'problem' | 'needsConsent'>;

/** `Maple School / Main Campus`, with what is created for it. */
export function placeOfFile({ place }: Pick<BatchFile, 'place'>): { place: string; created: string | null } | null {
  if (place === null) return null;
  const created = place.organizationId === null ? 'new organization' : place.policyId === null ? 'new policy' : null;
  return { place: `${place.organizationName} / ${place.policyName}`, created };
}
