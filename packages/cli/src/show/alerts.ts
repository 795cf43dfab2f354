import type { AlertPage } from '@winesap/api';
import { agoShort, plural } from '@winesap/api/words';
import type { Style } from '../terminal/style.ts';
import { indented } from './indented.ts';

interface View {
  terminal: { style: Style; width: number };
  now: Date;
}

/** Shows each alert with its text and its state, then the number of others. */
export function alertLines(page: AlertPage, state: 'open' | 'acknowledged' | 'resolved', view: View): string[] {
  const { style } = view.terminal;
  const { open, acknowledged, resolved } = page.counts;
  const sums = `${open} open, ${acknowledged} acknowledged, ${resolved} resolved.`;
  if (page.alerts.length === 0) return [`No alerts are ${state}. ${sums}`];
  const lines = page.alerts.flatMap((alert) => [
    style.bold(alert.title),
    ...indented(alert.text, view.terminal.width),
    ...indented(
      [
        alert.organizationName,
        `rule “${alert.ruleName}”`,
        `notified ${agoShort(alert.notifiedAt, view.now)}${alert.timesNotified > 1 ? `, ${plural(alert.timesNotified, 'time')}` : ''}`,
        ...(alert.escalatedAt === null ? [] : ['escalated']),
        ...(alert.acknowledgedBy === null ? [] : [`acknowledged by ${alert.acknowledgedBy}`]),
        ...(alert.resolvedAt === null ? [] : [`resolved ${agoShort(alert.resolvedAt, view.now)}`]),
      ].join(' · '),
      view.terminal.width,
    ),
    `  ${style.grey(alert.id)}`,
  ]);
  const more = page.nextCursor === null ? '' : ' There are more: raise --limit.';
  return [...lines, '', `${sums}${more}`];
}
