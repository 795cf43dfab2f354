import { HOUR_MS, type Instant, later } from '../instant.ts';
import { count } from '../quote.ts';
import { DEAD } from '../tokens/token-state.ts';
import type { AlertFacts } from './facts.ts';
import { type Reason, reason } from './reason.ts';

/** Scans fail or don't start: counted from the first failure, or from when the next scan was due. */
export function scanReasons(hours: number, facts: AlertFacts, now: Instant, scanEveryMs: number): Reason[] {
  const overdueAt = later(facts.readAt, scanEveryMs);
  const since =
    facts.scanFailingSince !== null && facts.scanFailingSince < overdueAt ? facts.scanFailingSince : overdueAt;
  if (now.getTime() - since.getTime() < hours * HOUR_MS) return [];
  const key = `scan:${facts.tokenId}:${facts.readAt.toISOString()}`;
  return [
    reason(facts, {
      key,
      subject: key,
      title: `The licenses of ${facts.locationName} could not be read for ${count(hours, 'hour')}.`,
      text: 'What Winesap shows of them is older than agreed. Next: look at the log of this token, then press Scan Now.',
    }),
  ];
}

/** Notifications are hints: without them, only scans see changes. */
export function notificationReasons(hours: number, facts: AlertFacts, now: Instant): Reason[] {
  const { lastNotificationAt } = facts;
  if (lastNotificationAt === null || DEAD.has(facts.state)) return [];
  if (now.getTime() - lastNotificationAt.getTime() < hours * HOUR_MS) return [];
  const key = `notifications:${facts.tokenId}:${lastNotificationAt.toISOString()}`;
  return [
    reason(facts, {
      key,
      subject: key,
      title: `Apple has sent no notification about ${facts.locationName} for ${count(hours, 'hour')}.`,
      text: 'Changes are seen only when the location is scanned. Next: check that Apple reaches the public address of Winesap.',
    }),
  ];
}

export function assignmentReasons(condition: { failed: number; hours: number }, facts: AlertFacts): Reason[] {
  if (facts.failedAssignments < condition.failed) return [];
  return [
    reason(facts, {
      key: null,
      subject: `assignments:${facts.tokenId}`,
      title: `${count(facts.failedAssignments, 'change')} of assignments at ${facts.locationName} failed within ${count(condition.hours, 'hour')}.`,
      text: 'Devices or people there did not get, or did not give back, their licenses. Next: look at the log of this location, and try again.',
    }),
  ];
}
