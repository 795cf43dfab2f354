import { refusal } from '../refusal.ts';

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * Returns the instant meant by `24h`, `30m`, `7d`, `2w`, a day (`2026-11-01`, its local midnight), or an ISO 8601
 * instant.
 * Errors: usage.since.
 */
export function readSince(text: string, now: Date): string {
  const span = /^(\d{1,6})([mhdw])$/.exec(text.trim());
  const unit = UNITS[span?.[2] ?? ''];
  if (span && unit !== undefined) return new Date(now.getTime() - Number(span[1]) * unit).toISOString();
  // A bare day would be parsed as midnight in UTC, but the person means local time.
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00`) : isoInstant(text);
  if (at !== null && !Number.isNaN(at.getTime())) return at.toISOString();
  throw refusal(
    'usage.since',
    `“${text}” is not a time I understand.`,
    'Write 30m, 24h, 7d or 2w for a span until now, a day like 2026-11-01, or an instant like 2026-11-01T08:00:00Z.',
  );
}

function isoInstant(text: string): Date | null {
  return /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/.test(text) ? new Date(text) : null;
}
