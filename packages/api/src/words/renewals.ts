import type { RenewalPreview } from '../schemas/files/token-file.ts';
import { count, plural } from './numbers.ts';

/** What a renewal would change besides the expiry: `Apple ID changes`. */
export function changedFields({ rows }: Pick<RenewalPreview, 'rows'>): string[] {
  return rows
    .filter(({ field, change }) => change === 'changed' && field !== 'expiresAt')
    .map(({ label }) => `${label} changes`);
}

type Sums = Pick<NonNullable<RenewalPreview['dryRun']>, 'added' | 'gone' | 'changed'>;

/**
 * `3 new, 1 gone, 14 changed`; empty if everything matches what is stored, null if Apple did not return the assets in
 * time.
 */
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

type DryRun = Sums & Pick<NonNullable<RenewalPreview['dryRun']>, 'freshAssets'>;

/**
 * What the first scan with the new file will find: `26 assets, 3 new, 2 counts changed`; `26 assets, nothing changed`.
 */
export function dryRunWords({ freshAssets, added, gone, changed }: DryRun): string {
  return [
    plural(freshAssets, 'asset'),
    added > 0 && `${count(added)} new`,
    gone > 0 && `${count(gone)} gone`,
    changed > 0 && plural(changed, 'count changed', 'counts changed'),
    added + gone + changed === 0 && 'nothing changed',
  ]
    .filter((part) => part !== false)
    .join(', ');
}
