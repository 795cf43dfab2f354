import type { RemovalPreview } from '@winesap/api';
import { agoShort, plural } from '@winesap/api/words';
import { printableDeep } from '../terminal/printable.ts';
import type { Style } from '../terminal/style.ts';

/** Shows what removing would not do, and then what it would. */
export function removalLines(
  given: RemovalPreview,
  { now, style, release }: { now: Date; style: Style; release: boolean },
): string[] {
  const preview = printableDeep(given);
  const read = preview.readAt === null ? 'never read' : `read ${agoShort(preview.readAt, now)}`;
  return [
    style.bold(`Remove the token of ${preview.locationName}`),
    `  ${plural(preview.assets, 'asset')}, ${plural(preview.assignments, 'assignment')} (${read})`,
    ...(preview.usedBy.length > 0
      ? [`  Also used by: ${preview.usedBy.map(({ policyName }) => policyName).join(', ')}`]
      : []),
    '',
    style.bold('Will not happen'),
    ...preview.willNot.map((line) => `  · ${line}`),
    style.bold('Will happen'),
    ...preview.will.map((line) => `  · ${line}`),
    ...claimLines(preview, release),
  ];
}

function claimLines({ canReleaseClaim }: RemovalPreview, release: boolean): string[] {
  if (!canReleaseClaim) return release ? ['  · The claim is not ours to release; it stays as it is.'] : [];
  return [
    release
      ? '  · Our claim at Apple is released.'
      : '  · Our claim at Apple stays. To release it too, add --release-claim.',
  ];
}
