const FORM = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:?\d{2})?$/;

/**
 * Reads an instant as Apple writes it, `2030-11-08T22:33:22+0000` (not RFC 3339), and in common variants: `-07:00`,
 * `Z`, fractions. Without an offset it is UTC, as all of Apple's are. Returns null if it isn't an instant.
 */
export function parseInstant(text: string): Date | null {
  const found = FORM.exec(text.trim());
  if (!found) return null;
  const [, day, time, fraction = '', offset = 'Z'] = found;
  const zone = /^[+-]\d{4}$/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset;
  const instant = new Date(`${day}T${time}${fraction}${zone}`);
  return Number.isNaN(instant.getTime()) ? null : instant;
}
