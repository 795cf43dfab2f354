import { messagesFor } from '../../domain/alerts/delivery.ts';
import { reportMessage } from '../../domain/alerts/report-message.ts';
import { isQuiet, lastMoment, mayLeave } from '../../domain/alerts/timing.ts';
import type { Instant } from '../../domain/instant.ts';
import type { Tx } from '../../ports/store.ts';

/** An email shows this many rows of each list, and counts the rest. */
const REPORT_ROWS = 20;
const REPORT_DAYS = 7;

/** Moves into the outbox the pending alerts that their channels' hours allow, and the weekly reports that are due. */
export async function sendWhatMayLeave(tx: Tx, consoleUrl: string | null, now: Instant): Promise<void> {
  const sent = (await sendAlerts(tx, consoleUrl, now)) + (await sendReports(tx, consoleUrl, now));
  if (sent > 0) await tx.jobs.deliver();
}

async function sendAlerts(tx: Tx, consoleUrl: string | null, now: Instant): Promise<number> {
  const waiting = await tx.pendingAlerts.waiting(now);
  if (waiting.length === 0) return 0;
  let sent = 0;
  for (const { id, timing } of await tx.channels.enabled()) {
    const due = waiting.filter((one) => one.channelId === id && mayLeave(timing, one, now));
    if (due.length === 0) continue;
    const pendingAlerts = await tx.pendingAlerts.take(id, [...new Set(due.map(({ alertId }) => alertId))]);
    for (const message of messagesFor(pendingAlerts, timing.digest.kind !== 'immediately', consoleUrl)) {
      await tx.deliveries.insert(id, message, now);
      sent += 1;
    }
  }
  return sent;
}

async function sendReports(tx: Tx, consoleUrl: string | null, now: Instant): Promise<number> {
  let sent = 0;
  for (const { id, timing, report: plan, reportedAt } of await tx.channels.reporting(now)) {
    if (reportedAt >= lastMoment(plan, timing.timeZone, now) || isQuiet(timing, now)) continue;
    await tx.channels.setReported(id, now);
    const query = { organizationId: plan.organizationId, days: REPORT_DAYS, rows: REPORT_ROWS };
    const report = await tx.reports.read(query, now);
    if (report === null) continue;
    await tx.deliveries.insert(id, reportMessage(report, consoleUrl), now);
    sent += 1;
  }
  return sent;
}
