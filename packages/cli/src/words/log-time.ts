const format = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** `21 Jun, 14:02:31`, always of the same width, for the start of a log line. */
export function logTime(instant: string): string {
  const at = Date.parse(instant);
  return Number.isNaN(at) ? instant : format.format(at);
}
