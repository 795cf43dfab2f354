/** So many rows a page key goes. */
const PAGE = 10;

/** The row a key leads to from the one at `index`; nothing for keys that are not the table's. */
export function rowFor(key: string, index: number, count: number): number | null {
  const within = (wanted: number) => Math.min(Math.max(wanted, 0), count - 1);
  switch (key) {
    case 'ArrowDown':
      return within(index + 1);
    case 'ArrowUp':
      return within(index - 1);
    case 'PageDown':
      return within(index + PAGE);
    case 'PageUp':
      return within(index - PAGE);
    case 'Home':
      return within(0);
    case 'End':
      return within(count - 1);
    default:
      return null;
  }
}
