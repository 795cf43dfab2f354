import { count } from '../quote.ts';
import type { MessageDraft } from './delivery.ts';
import type { Report, ReportList } from './report.ts';

/** Returns a report as a message. Email also shows its lists as tables. */
export function reportMessage(report: Report, consoleUrl: string | null): MessageDraft {
  const query = `?days=${report.days}${report.organizationId === null ? '' : `&organizationId=${report.organizationId}`}`;
  return {
    kind: 'report',
    title: `Winesap, ${report.organizationName ?? 'all organizations'}: the week until ${day(report.to)}`,
    text: reportText(report),
    total: 0,
    alerts: [],
    link: consoleUrl === null ? null : `${consoleUrl}/alerts/report${query}`,
    report,
  };
}

/** Returns the report in plain text: one line each, the most urgent first. */
function reportText(report: Report): string {
  const { tokens } = report;
  return [
    `${count(tokens.total, 'token')}: ${tokens.broken} broken, ${tokens.unknown} unknown, ${tokens.soon} soon,${tokens.checking > 0 ? ` ${tokens.checking} checking,` : ''} ${tokens.ok} fine.`,
    ...section(
      'Broken',
      report.broken,
      (one) => `${place(one)}: ${one.label} since ${day(one.since)}. ${one.nextStep}`,
    ),
    ...section(
      'Expires within 60 days',
      report.expiring,
      (one) => `${place(one)}: ${day(one.expiresAt)}, ${count(one.daysLeft, 'day')} left.`,
    ),
    ...section(
      'Low on licenses',
      report.low,
      (one) => `${place(one)}: ${one.assetName ?? one.adamId}, ${one.available} of ${one.total} left.`,
    ),
    ...section(
      `Changed in the last ${count(report.days, 'day')}`,
      report.changes,
      (one) => `${day(one.at)} ${one.locationName}: ${one.text}${one.actor === null ? '' : ` (${one.actor})`}`,
    ),
  ].join('\n');
}

function section<T>(title: string, list: ReportList<T>, line: (one: T) => string): string[] {
  if (list.total === 0) return ['', `${title}: nothing.`];
  const more = list.total - list.items.length;
  return [
    '',
    `${title} (${list.total})`,
    ...list.items.map((one) => `  ${line(one)}`),
    ...(more > 0 ? [`  … and ${more} more.`] : []),
  ];
}

function place({ organizationName, locationName }: { organizationName: string; locationName: string }): string {
  return `${organizationName}, ${locationName}`;
}

function day(instant: string): string {
  return instant.slice(0, 10);
}
