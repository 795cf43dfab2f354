import type { Report, ReportList } from '@winesap/core';
import { escaped } from './escaped.ts';

const CELL = 'padding:4px 12px 4px 0;text-align:left;vertical-align:top;border-bottom:1px solid #ddd';

/** The lists of a report as tables that every email program can show. */
export function reportHtml(report: Report): string {
  const { tokens } = report;
  return [
    `<p>${tokens.total} tokens: <b>${tokens.broken} broken</b>, ${tokens.unknown} unknown, ${tokens.soon} soon,${tokens.checking > 0 ? ` ${tokens.checking} checking,` : ''} ${tokens.ok} fine.</p>`,
    table('Broken', ['Organization', 'Location', 'State', 'Since', 'Next step'], report.broken, (one) => [
      one.organizationName,
      one.locationName,
      one.label,
      day(one.since),
      one.nextStep,
    ]),
    table('Expires within 60 days', ['Organization', 'Location', 'Expires', 'Days left'], report.expiring, (one) => [
      one.organizationName,
      one.locationName,
      day(one.expiresAt),
      String(one.daysLeft),
    ]),
    table('Low on licenses', ['Organization', 'Location', 'Asset', 'Left', 'Of'], report.low, (one) => [
      one.organizationName,
      one.locationName,
      one.assetName ?? one.adamId,
      String(one.available),
      String(one.total),
    ]),
    table(`Changed in the last ${report.days} days`, ['Day', 'Location', 'What', 'By'], report.changes, (one) => [
      day(one.at),
      one.locationName,
      one.text,
      one.actor ?? 'Winesap',
    ]),
  ].join('');
}

function table<T>(title: string, columns: readonly string[], list: ReportList<T>, cells: (one: T) => string[]): string {
  const heading = `<h2 style="font-size:15px;margin:20px 0 4px">${escaped(title)}${list.total === 0 ? '' : ` (${list.total})`}</h2>`;
  if (list.total === 0) return `${heading}<p style="margin:0;color:#666">Nothing.</p>`;
  const row = (tag: 'th' | 'td', texts: readonly string[]) =>
    `<tr>${texts.map((text) => `<${tag} style="${CELL}">${escaped(text)}</${tag}>`).join('')}</tr>`;
  const more = list.total - list.items.length;
  return `${heading}<table style="border-collapse:collapse;font-size:14px">${row('th', columns)}${list.items
    .map((one) => row('td', cells(one)))
    .join('')}</table>${more > 0 ? `<p style="margin:4px 0;color:#666">… and ${more} more.</p>` : ''}`;
}

function day(instant: string): string {
  return instant.slice(0, 10);
}
