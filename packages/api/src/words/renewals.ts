import type { RenewalPreview } from '../schemas/token-file.ts';
import { count } from './numbers.ts';

/** What a renewal would change besides the expiry: `Apple ID changes`. */
export function changedFields({ rows }: Pick<RenewalPreview, 'rows'>): string[] {
  return rows
    .filter(({ field, change }) => change === 'changed' && field !== 'expiresAt')
    .map(({ label }) => `${label} changes`);
}

type Sums = Pick<NonNullable<RenewalPreview['dryRun']>, 'added' | 'gone' | 'changed'>;

/** `3 new, 1 gone, 14 changed`; empty when all is as stored, null when Apple did not return the assets in time. */
export function licenseWords({ dryRun }: { dryRun: Sums | null }): string | null {
  if (dryRun === null) return null;
  const parts = [
    [dryRun.added, 'new'],
    [dryRun.gone, 'gone'],
    [dryRun.changed, 'changed'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${count(number)} ${word}`)
    .join(', ');
}
