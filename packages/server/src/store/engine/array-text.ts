/**
 * Returns a list of numbers, booleans, or texts in PostgreSQL's array syntax, and anything else unchanged. Between
 * threads, one text is copied about ten times as fast as the thousands of values in it.
 */
export function arrayText(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  if (value.every((one) => typeof one === 'number' || typeof one === 'boolean')) return `{${value.join()}}`;
  if (!value.every((one) => typeof one === 'string')) return value;
  const joined = value.join('","');
  // Escaping is almost never needed: a quote that isn't between two texts shows that it is.
  const plain = !joined.includes('\\') && joined.split('"').length === value.length * 2 - 1;
  return plain ? `{"${joined}"}` : `{${value.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join()}}`;
}
