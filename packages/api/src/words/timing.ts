import type { Channel } from '../schemas/alerts/channel.ts';

/** Monday is 1 in the API, as in ISO 8601. */
export const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

/**
 * When a channel sends: `sends daily at 07:30 · quiet from 20:00 to 07:00 (Europe/Berlin)`. Null if it sends
 * immediately, at any time, and no report.
 */
export function timingWords({ timing, report }: Pick<Channel, 'timing' | 'report'>): string | null {
  const { digest, quiet } = timing;
  const parts = [
    digest.kind === 'daily' && `sends daily at ${digest.at}`,
    digest.kind === 'weekly' && `sends every ${dayWord(digest.weekday)} at ${digest.at}`,
    quiet !== null && `quiet from ${quiet.from} to ${quiet.to}`,
    report !== null && `report every ${dayWord(report.weekday)} at ${report.at}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? null : `${parts.join(' · ')} (${timing.timeZone})`;
}

const dayWord = (weekday: number) => WEEKDAYS[weekday - 1] ?? '';
