import type { Report } from '@winesap/api';
import { count, plural, shortDate } from '@winesap/api/words';
import type { Style } from '../terminal/style.ts';
import { type Column, tableLines } from '../terminal/table.ts';

interface View {
  style: Style;
  width: number;
}

/** Shows the report as tables with headings. */
export function reportLines(report: Report, view: View): string[] {
  const { tokens } = report;
  const place = { organizationName: 'Organization', locationName: 'Location' };
  return [
    view.style.bold(
      `${report.organizationName ?? 'All organizations'}, ${shortDate(report.from)} to ${shortDate(report.to)}`,
    ),
    `${plural(tokens.total, 'token')}: ${tokens.broken} broken, ${tokens.unknown} unknown, ${tokens.soon} soon,${tokens.checking > 0 ? ` ${tokens.checking} checking,` : ''} ${tokens.ok} fine.`,
    ...section('Broken', report.broken, { ...place, label: 'State', since: 'Since', nextStep: 'Next step' }, view),
    ...section(
      'Expires within 60 days',
      report.expiring,
      { ...place, expiresAt: 'Expires', daysLeft: 'Days left' },
      view,
    ),
    ...section(
      'Low on licenses',
      { ...report.low, items: report.low.items.map((one) => ({ ...one, asset: one.assetName ?? one.adamId })) },
      { ...place, asset: 'Asset', available: 'Left', total: 'Of' },
      view,
    ),
    ...section(
      `Changed in the last ${plural(report.days, 'day')}`,
      { ...report.changes, items: report.changes.items.map((one) => ({ ...one, actor: one.actor ?? 'Winesap' })) },
      { at: 'Day', locationName: 'Location', text: 'What', actor: 'By' },
      view,
    ),
  ];
}

const DATES = new Set(['since', 'expiresAt', 'at']);
const WRAPPED = new Set(['nextStep', 'text']);

function section<T extends object>(
  title: string,
  list: { total: number; items: readonly T[] },
  columns: Partial<Record<keyof T, string>>,
  { style, width }: View,
): string[] {
  if (list.total === 0) return ['', `${style.bold(title)}: nothing.`];
  const keys = Object.keys(columns) as (keyof T & string)[];
  const shown = keys.map((key): Column => {
    const isNumber = typeof list.items[0]?.[key] === 'number';
    return {
      title: columns[key] ?? '',
      ...(isNumber ? { align: 'right' as const } : {}),
      ...(WRAPPED.has(key) ? { wraps: true, min: 20 } : {}),
      ...(key === 'organizationName' || key === 'locationName' ? { min: 12 } : {}),
    };
  });
  const rows = list.items.map((item) => keys.map((key) => ({ text: textOf(key, item[key]) })));
  const more = list.total - list.items.length;
  return [
    '',
    style.bold(`${title} (${count(list.total)})`),
    ...(tableLines(shown, rows, width, style.grey) ?? rows.map((row) => row.map(({ text }) => text).join(', '))),
    ...(more > 0 ? [`… and ${count(more)} more.`] : []),
  ];
}

function textOf(key: string, value: unknown): string {
  if (typeof value === 'number') return count(value);
  return DATES.has(key) ? shortDate(String(value)) : String(value);
}
