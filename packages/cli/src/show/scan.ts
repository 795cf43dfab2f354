import type { Scan } from '@winesap/api';
import { changeWords, plural } from '@winesap/api/words';

/** Shows what a finished scan found. */
export function scanLines({ assets, assignments, requests, changes, discrepancy }: Scan): string[] {
  const read = `Read ${plural(assets.done, 'asset')} and ${plural(assignments.done, 'assignment')} with ${plural(requests, 'request')} to Apple.`;
  if (changes === null) return [read];
  const doubt =
    discrepancy === null
      ? []
      : [
          `Doubtful: ${discrepancy.text}`,
          'What was known is kept, and what is new is shown. Winesap asks Apple again by itself.',
        ];
  const found = changeWords(changes);
  return [read, ...doubt, found === null ? 'Nothing changed since the last scan.' : `Since the last scan: ${found}.`];
}
