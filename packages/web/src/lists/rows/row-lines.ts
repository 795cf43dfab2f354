/** What stands in a long table's body: a drawn row, or the room of those that are not drawn. */
export type RowLine = { kind: 'row'; index: number; key: string } | { kind: 'room'; key: string; px: number };

export interface DrawnRow {
  index: number;
  key: string;
  /** Where it begins and ends, in pixels from the first row's top. */
  start: number;
  end: number;
}

/**
 * Drawn rows, in order, with room between them wherever rows are left out, so that the whole keeps its height.
 * Below each row there is a gap of its own.
 */
export function rowLines(drawn: readonly DrawnRow[], allPx: number, gapPx: number): RowLine[] {
  const lines: RowLine[] = [];
  let reached = 0;
  for (const { index, key, start, end } of drawn) {
    if (start > reached) lines.push({ kind: 'room', key: `before ${index}`, px: start - reached });
    lines.push({ kind: 'row', index, key });
    reached = end + gapPx;
  }
  if (allPx > reached) lines.push({ kind: 'room', key: 'after', px: allPx - reached });
  return lines;
}

/** All rows, for paper. */
export function everyRow(count: number, keyOf: (index: number) => string): RowLine[] {
  return Array.from({ length: count }, (_, index) => ({ kind: 'row', index, key: keyOf(index) }));
}
