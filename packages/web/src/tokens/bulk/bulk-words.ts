import type { RenewalPreview } from '@winesap/api';
import { count, some } from '../../parts/words.ts';
import type { Judged } from './bulk-file.ts';

/** What a renewal would change besides the expiry: `Apple ID changes`. */
export function changedFields({ rows }: RenewalPreview): string[] {
  return rows
    .filter(({ field, change }) => change === 'changed' && field !== 'expiresAt')
    .map(({ label }) => `${label} changes`);
}

/** `3 new, 1 gone, 14 changed`; nothing when all is as stored, null when Apple did not give the assets in time. */
export function licenseWords({ dryRun }: RenewalPreview): string | null {
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

/** One sentence for all files, as it is now. */
export function summaryWords(files: readonly Judged[]): string {
  const number = (...verdicts: Judged['verdict'][]) => files.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const [ready, renewed, added] = [number('ready', 'renewing'), number('renewed'), number('added')];
  const problems = number('problem', 'not-held');
  const parts = [
    renewed > 0 && `${some(renewed, 'token')} renewed`,
    added > 0 && `${some(added, 'token')} added`,
    ready > 0 && `${count(ready)} ready to renew`,
    problems > 0 &&
      (renewed > 0 && ready === 0 ? `${some(problems, 'file')} not used` : `${count(problems)} with a problem`),
  ].filter((part) => part !== false);
  return `${some(files.length, 'file')}: ${parts.length === 0 ? 'nothing known yet' : parts.join(', ')}.`;
}
