import type { AssetChange, IdentityRow, RenewalPreview } from '@winesap/api';
import { count, daysLeftWords, dryRunWords, shortDate, shortDateTime } from '@winesap/api/words';
import type { Style } from '../terminal/style.ts';
import { type Cell, type Column, tableLines } from '../terminal/table.ts';

interface View {
  terminal: { width: number; style: Style };
  now: Date;
}

const COLUMNS: readonly Column[] = [
  { title: '' },
  { title: 'stored now', min: 12, wraps: true },
  { title: 'new file', min: 12, wraps: true },
  { title: '' },
];

/** The number of changed assets listed one by one; `--json` has up to 200. */
const LISTED_CHANGES = 12;

/** Shows old and new side by side, what would change in the licenses, and the verdict. */
export function previewLines(preview: RenewalPreview, view: View): string[] {
  return [
    ...comparisonLines(preview.rows, view),
    ...dryRunLines(preview, view),
    '',
    ...verdictLines(preview, view.terminal.style),
  ];
}

function comparisonLines(rows: readonly IdentityRow[], { terminal: { style, width }, now }: View): string[] {
  const cells = rows.map((row) => comparisonCells(row, now, style));
  const table = tableLines(COLUMNS, cells, width, style.grey);
  if (table !== null) return [style.bold('Is this the right token?'), ...table];
  return [
    style.bold('Is this the right token?'),
    ...rows.flatMap((row) => {
      const [label, stored, fresh, change] = comparisonCells(row, now, style).map(({ text }) => text);
      return [`${label}: ${change}`, `  stored now  ${stored}`, `  new file    ${fresh}`];
    }),
  ];
}

function comparisonCells(row: IdentityRow, now: Date, style: Style): Cell[] {
  const { word, paint } = changeWords(style)[row.change];
  return [
    { text: `  ${row.label}` },
    { text: valueWords(row.stored, now) },
    { text: valueWords(row.fresh, now), ...(row.change === 'wrong' && { paint: style.red }) },
    { text: word, paint },
  ];
}

function changeWords(style: Style): Record<IdentityRow['change'], { word: string; paint: (text: string) => string }> {
  return {
    same: { word: '= same', paint: style.grey },
    changed: { word: '→ changed', paint: style.bold },
    wrong: { word: '✕ differs', paint: style.red },
    'not-known': { word: '? not known', paint: style.grey },
  };
}

/** Shows an instant as a day with the days until it, and every other value unchanged. */
function valueWords(value: string | null, now: Date): string {
  if (value === null) return '–';
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/.test(value)) return value;
  const days = Math.floor((Date.parse(value) - now.getTime()) / 86_400_000);
  return `${shortDate(value)} (${daysLeftWords(days)})`;
}

function dryRunLines({ dryRun, dryRunMissing }: RenewalPreview, { terminal: { style } }: View): string[] {
  if (dryRun === null) return dryRunMissing === null ? [] : [`  Licenses: ${dryRunMissing}`];
  const { added, gone, changed, changes } = dryRun;
  const total = added + gone + changed;
  const readAt = dryRun.readAt === null ? '' : style.grey(` (since ${shortDateTime(dryRun.readAt)})`);
  const listed = changes.slice(0, LISTED_CHANGES);
  const more = total - listed.length;
  return [
    `  Licenses: ${dryRunWords(dryRun)}${total === 0 ? '' : readAt}`,
    ...listed.map((change) => `    ${changeLine(change)}`),
    ...(more > 0 && listed.length > 0 ? [style.grey(`    … and ${count(more)} more`)] : []),
  ];
}

const KINDS: Record<AssetChange['kind'], string> = { new: '+', gone: '−', changed: '·' };

function changeLine({ kind, name, adamId, stored, fresh }: AssetChange): string {
  const counts =
    stored && fresh
      ? [part('total', stored.total, fresh.total), part('assigned', stored.assigned, fresh.assigned)]
          .filter((text) => text !== '')
          .join(', ')
      : `${count((fresh ?? stored)?.total ?? null)} licenses`;
  return `${KINDS[kind]} ${name ?? adamId}${counts === '' ? '' : `  ${counts}`}`;
}

const part = (name: string, stored: number | null, fresh: number | null): string =>
  stored === fresh ? '' : `${name} ${count(stored)} → ${count(fresh)}`;

function verdictLines({ verdict, refusal, promise, otherToken }: RenewalPreview, style: Style): string[] {
  const why = refusal === null ? [] : [`  ${refusal.detail}`];
  switch (verdict) {
    case 'ready':
      return [style.green('✓ This file can renew the token.'), `  ${promise}`];
    case 'needs-consent':
      return [
        style.amber(`! ${refusal?.title ?? 'This file needs your consent.'}`),
        ...why,
        '  To renew with it nevertheless, add --accept-older.',
      ];
    case 'refused':
      return [
        style.red(`✕ ${refusal?.title ?? 'This file cannot renew the token.'}`),
        ...why,
        ...(otherToken === null
          ? []
          : [
              `  It belongs to a token that Winesap holds for ${otherToken.organizationName}, policy ${otherToken.policyName}.`,
              '  To renew that one, leave the token away: winesap tokens renew FILE',
            ]),
      ];
  }
}
