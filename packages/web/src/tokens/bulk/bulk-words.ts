import { count, plural } from '@winesap/api/words';
import type { Judged } from './bulk-file.ts';

/** One sentence for all files, as it is now. */
export function summaryWords(files: readonly Judged[]): string {
  const number = (...verdicts: Judged['verdict'][]) => files.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const [ready, renewed, added] = [number('ready', 'renewing'), number('renewed'), number('added')];
  const problems = number('problem', 'not-held');
  const parts = [
    renewed > 0 && `${plural(renewed, 'token')} renewed`,
    added > 0 && `${plural(added, 'token')} added`,
    ready > 0 && `${count(ready)} ready to renew`,
    problems > 0 &&
      (renewed > 0 && ready === 0 ? `${plural(problems, 'file')} not used` : `${count(problems)} with a problem`),
  ].filter((part) => part !== false);
  return `${plural(files.length, 'file')}: ${parts.length === 0 ? 'nothing known yet' : parts.join(', ')}.`;
}
