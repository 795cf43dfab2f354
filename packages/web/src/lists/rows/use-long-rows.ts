import { defaultRangeExtractor, useWindowVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { usePrinting } from './print-whole.ts';
import { rowFor } from './row-keys.ts';
import { everyRow, type RowLine, rowLines } from './row-lines.ts';

interface Wish {
  count: number;
  keyOf: (index: number) => string;
  /** What the rows stand in. */
  body: RefObject<HTMLElement | null>;
  /** How high a row probably is; its true height is measured once it is drawn. */
  rowPx: number;
  /** Between rows that are cards. */
  gapPx: number;
}

interface LongRows {
  lines: RowLine[];
  /** The one row that the Tab key reaches. */
  reachable: number;
  measure: (row: Element | null) => void;
  onKeyDown: (event: KeyboardEvent) => void;
  onFocus: (event: { target: Element }) => void;
  /** The last row in sight, for reading more. */
  lastDrawn: number;
}

/** What stands above the first row when the page is scrolled: the bar and the table's own heads. */
const COVERED_PX = 96;
/** The navigation at the foot of a narrow page. */
const FOOT_PX = 72;
const OVERSCAN = 10;

/**
 * Draws of many rows only those in sight, scrolled with the page, and leads the keyboard through all of them. A row is
 * found by `data-index`; what takes the focus in it bears `data-reach`.
 */
export function useLongRows({ count, keyOf, body, rowPx, gapPx }: Wish): LongRows {
  const [active, setActive] = useState(0);
  const [top, setTop] = useState(0);
  const wanted = useRef<number | null>(null);
  const printing = usePrinting();
  const reachable = Math.min(active, Math.max(0, count - 1));

  const rows = useWindowVirtualizer({
    count,
    estimateSize: () => rowPx,
    getItemKey: keyOf,
    gap: gapPx,
    overscan: OVERSCAN,
    scrollMargin: top,
    scrollPaddingStart: COVERED_PX,
    scrollPaddingEnd: FOOT_PX,
    useFlushSync: false,
    // The row with the focus stays on the page wherever it is scrolled: the keyboard goes on from there.
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      if (drawn.includes(reachable) || reachable >= count) return drawn;
      return [...drawn, reachable].sort((a, b) => a - b);
    },
  });

  // Rows that became cards have other heights.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the probable height is what changed
  useLayoutEffect(() => rows.measure(), [rowPx]);

  // What stands above the rows comes and goes; where they begin is looked up whenever the page changes its height.
  useLayoutEffect(() => {
    const look = () => {
      const place = body.current?.getBoundingClientRect();
      if (place !== undefined) setTop(Math.round(place.top + window.scrollY));
    };
    look();
    const watch = new ResizeObserver(look);
    watch.observe(document.body);
    return () => watch.disconnect();
  }, [body]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the wanted row is drawn when it has become the active one
  useEffect(() => {
    if (wanted.current === null) return;
    const reach = body.current?.querySelector<HTMLElement>(`[data-index="${wanted.current}"] [data-reach]`);
    reach?.focus({ preventScroll: true });
    wanted.current = null;
  }, [active]);

  const drawn = rows.getVirtualItems().map(({ index, key, start, end }) => ({
    index,
    key: String(key),
    start: start - top,
    end: end - top,
  }));
  return {
    lines: printing ? everyRow(count, keyOf) : rowLines(drawn, rows.getTotalSize(), gapPx),
    reachable,
    measure: rows.measureElement,
    lastDrawn: drawn.findLast(({ index }) => index !== reachable || drawn.length === 1)?.index ?? 0,
    onKeyDown: (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      if (!(event.target instanceof Element) || !event.target.hasAttribute('data-reach')) return;
      const next = rowFor(event.key, reachable, count);
      if (next === null) return;
      event.preventDefault();
      if (next === reachable) return;
      wanted.current = next;
      setActive(next);
      rows.scrollToIndex(next);
    },
    onFocus: ({ target }) => {
      const index = Number(target.closest('[data-index]')?.getAttribute('data-index') ?? Number.NaN);
      if (Number.isInteger(index)) setActive(index);
    },
  };
}
