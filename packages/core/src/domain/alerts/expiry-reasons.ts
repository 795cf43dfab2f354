import { DAY_MS, daysUntil, type Instant } from '../instant.ts';
import { DEAD } from '../tokens/token-state.ts';
import type { AlertFacts } from './facts.ts';
import { type Reason, reason } from './reason.ts';

/** Only the smallest threshold reached counts: thresholds missed while Winesap was down are not made up for. */
export function expiryReasons(days: readonly number[], facts: AlertFacts, now: Instant): Reason[] {
  const { expiresAt } = facts;
  if (expiresAt === null || DEAD.has(facts.state)) return [];
  const leftMs = expiresAt.getTime() - now.getTime();
  if (leftMs <= 0) return [];
  const reached = (facts.expiryDays ?? days).filter((one) => leftMs <= one * DAY_MS);
  if (reached.length === 0) return [];
  const key = `expiry:${facts.tokenId}:${expiresAt.toISOString()}:${Math.min(...reached)}`;
  const left = daysUntil(expiresAt, now);
  const when = left === 0 ? 'within a day' : left === 1 ? 'in 1 day' : `in ${left} days`;
  return [
    reason(facts, {
      key,
      subject: key,
      title: `The token of ${facts.locationName} expires ${when}.`,
      text: `It ends on ${expiresAt.toISOString().slice(0, 10)} (UTC). After that, apps can no longer be licensed or updated from ${facts.locationName}. Next: download a fresh token and renew it.`,
    }),
  ];
}
