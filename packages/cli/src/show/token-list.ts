import type { ResponseOf, Routes, Severity, TokenRow } from '@winesap/api';
import { agoShort, count, daysLeftWords, plural, SEVERITY_WORD, shownDaysLeft } from '@winesap/api/words';
import type { Style } from '../terminal/style.ts';
import { type Cell, type Column, tableLines } from '../terminal/table.ts';
import { wrap } from '../terminal/wrap.ts';
import { briefly } from '../words/next-step.ts';
import { SEVERITIES, severityPaint } from '../words/severity.ts';

type TokenList = ResponseOf<Routes['listTokens']>;

interface View {
  terminal: { width: number; style: Style };
  now: Date;
  /** Only some tokens were requested. */
  filtered: boolean;
}

const COLUMNS: readonly Column[] = [
  { title: 'State' },
  { title: 'Organization', min: 14, least: 8 },
  { title: 'Location', min: 12, least: 8 },
  { title: 'Policy', min: 10, spare: 3 },
  { title: 'Days left', align: 'right' },
  { title: 'Last sync', spare: 2 },
  { title: 'Why → next step', least: 16, wraps: true },
];

/** Shows the tokens as a table, or as cards if a table does not fit; then how many need attention. */
export function tokenListLines(list: TokenList, { terminal, now, filtered }: View): string[] {
  const { style, width } = terminal;
  if (list.tokens.length === 0)
    return [
      filtered
        ? 'No tokens match these filters.'
        : 'No tokens yet. Add the first: winesap tokens add ORGANIZATION/POLICY FILE --mode watch',
    ];
  const rows = list.tokens.map((row) => cellsOf(row, now, style));
  const lines =
    tableLines(COLUMNS, rows, width, style.bold) ?? list.tokens.flatMap((row) => card(row, now, style, width));
  const more = list.needYou > 0 ? [style.grey('Why, and what to do: winesap tokens show LOCATION')] : [];
  return [...lines, '', summary(list, style), ...more];
}

function cellsOf(row: TokenRow, now: Date, style: Style): Cell[] {
  const { severity } = row.health;
  const paint = severityPaint(severity, style);
  return [
    { text: `${SEVERITIES[severity].mark} ${row.health.label}`, paint },
    { text: row.organizationName },
    { text: row.locationName },
    { text: row.policyName },
    { text: row.daysLeft === null ? '–' : String(shownDaysLeft(row.daysLeft)) },
    { text: row.scanning ? 'scanning' : agoShort(row.lastSyncAt, now) },
    { text: briefly(row.health), paint: severity === 'ok' ? style.grey : style.bold },
  ];
}

function card(row: TokenRow, now: Date, style: Style, width: number): string[] {
  const { severity, label } = row.health;
  const inner = Math.max(20, width - 2);
  return [
    `${severityPaint(severity, style)(`${SEVERITIES[severity].mark} ${label}`)}  ${style.bold(row.locationName)}`,
    ...[
      `${row.organizationName} · ${row.policyName}`,
      `${daysLeftWords(row.daysLeft)} · last sync ${agoShort(row.lastSyncAt, now)}`,
      briefly(row.health),
    ]
      .filter((line) => line !== '')
      .flatMap((line) => wrap(line, inner).map((part) => `  ${part}`)),
  ];
}

function summary({ counts, needYou, tokens }: TokenList, style: Style): string {
  const order: readonly Severity[] = ['broken', 'soon', 'ok', 'unknown', 'checking'];
  const shown = order.filter((severity) => severity !== 'checking' || counts.checking > 0);
  const parts = shown.map((severity) => {
    const text = `${SEVERITIES[severity].mark} ${SEVERITY_WORD[severity]} ${count(counts[severity])}`;
    return counts[severity] > 0 ? severityPaint(severity, style)(text) : style.grey(text);
  });
  const headline =
    needYou === 0
      ? `${plural(tokens.length, 'token')}, nothing to do.`
      : `${plural(needYou, 'token')} ${needYou === 1 ? 'needs' : 'need'} you.`;
  return `${style.bold(headline)}  ${parts.join('  ')}`;
}
