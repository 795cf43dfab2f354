/** `2030-11-08T22:33:22+0000`: how Apple writes an instant. Always UTC. */
export function appleInstant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}+0000`;
}

/** `2030-11-08`: how Apple writes the end of a subscription period. */
export function appleDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** Epoch milliseconds of an ISO 8601 text with an offset (with or without colon) or of a number; undefined when it is neither. */
export function parseInstant(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string') return undefined;
  const match = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}):?(\d{2})?$/.exec(value);
  if (match === null) return undefined;
  const [, local, zone, minutes] = match;
  const ms = Date.parse(`${local}${zone === 'Z' ? 'Z' : `${zone}:${minutes ?? '00'}`}`);
  return Number.isNaN(ms) ? undefined : ms;
}
