const counts = new Intl.NumberFormat('en-US');

/** `61,204`, with a true minus sign before negative numbers; `unknown` if Apple didn't say. */
export function count(value: number | null): string {
  return value === null ? 'unknown' : counts.format(value).replace('-', '−');
}

/** `1 app`, `3 apps`, `unknown apps`. */
export function plural(value: number | null, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** `60, 30 and 14`, or with another conjunction `expired or revoked`. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** `512 bytes`, `63.9 KiB`, `1.0 GiB`. */
export function size(bytes: number): string {
  if (bytes < 1024) return plural(bytes, 'byte');
  const units = ['KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toFixed(1)} ${units[unit]}`;
}
