import type { Instant } from './instant.ts';

const FORM = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/** Reads `2030-11-08T22:33:22+0000` (not RFC 3339), `+02:00`, and `Z`. Returns null for anything else. */
export function parseAppleDate(text: unknown): Instant | null {
  if (typeof text !== 'string') return null;
  const match = FORM.exec(text.trim());
  if (match === null) return null;
  const [, moment = '', zone = ''] = match;
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const date = new Date(moment + offset);
  return Number.isNaN(date.getTime()) ? null : date;
}
