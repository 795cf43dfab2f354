import stringWidth from 'string-width';
import { cut, pad, wrap } from './wrap.ts';

export interface Column {
  title: string;
  align?: 'left' | 'right';
  /** May shrink to this many terminal columns, with its text cut. Without it, the column keeps its full width. */
  min?: number;
  /** May shrink further, down to this, once no optional column is left to drop. */
  least?: number;
  /** Its text is wrapped instead of cut. */
  wraps?: boolean;
  /** Dropped if the table does not fit, the highest number first. Without it, the column always stays. */
  spare?: number;
}

export interface Cell {
  text: string;
  paint?: (text: string) => string;
}

const GAP = 2;

/**
 * Returns the lines of a table without borders, fitted to a width: first columns shrink, widest first, then optional
 * ones are dropped, then columns shrink to the minimum. `Infinity` fits everything. Null if not even that fits: show
 * something else then.
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
  paintTitle: (text: string) => string = (text) => text,
): string[] | null {
  const shown = columns.map((column, at) => ({ column, at, width: naturalWidth(column, at, rows) }));
  while (!fit(shown, width, 'min')) {
    const spare = shown.reduce<(typeof shown)[number] | null>(
      (most, each) => ((each.column.spare ?? 0) > (most?.column.spare ?? 0) ? each : most),
      null,
    );
    if (spare === null && fit(shown, width, 'least')) break;
    if (spare === null) return null;
    shown.splice(shown.indexOf(spare), 1);
    for (const each of shown) each.width = naturalWidth(each.column, each.at, rows);
  }
  const titles = shown.map(({ column, width }) => pad(cut(column.title, width), width, sideOf(column)));
  return [paintTitle(titles.join(' '.repeat(GAP)).trimEnd()), ...rows.flatMap((row) => rowLines(shown, row))];
}

interface Shown {
  column: Column;
  at: number;
  width: number;
}

function rowLines(shown: readonly Shown[], row: readonly Cell[]): string[] {
  const cells = shown.map(({ column, at, width }) => {
    const cell = row[at] ?? { text: '' };
    return { column, width, cell, lines: column.wraps ? wrap(cell.text, width) : [cut(cell.text, width)] };
  });
  const height = Math.max(...cells.map(({ lines }) => lines.length));
  return Array.from({ length: height }, (_, at) =>
    cells
      .map(({ column, width, cell, lines }) => {
        const text = lines[at] ?? '';
        // Spaces stay uncolored, so that padding at the end of a line can be trimmed.
        const spaces = ' '.repeat(Math.max(0, width - stringWidth(text)));
        const painted = cell.paint ? cell.paint(text) : text;
        return sideOf(column) === 'right' ? painted + spaces : spaces + painted;
      })
      .join(' '.repeat(GAP))
      .trimEnd(),
  );
}

function fit(shown: Shown[], width: number, bound: 'min' | 'least'): boolean {
  const lowest = ({ column }: Shown) => column[bound] ?? column.min ?? Infinity;
  const total = () => shown.reduce((sum, each) => sum + each.width, 0) + GAP * Math.max(0, shown.length - 1);
  for (;;) {
    const excess = total() - width;
    if (excess <= 0) return true;
    const shrinkable = shown.filter((each) => each.width > lowest(each));
    const [widest, next] = shrinkable.sort((a, b) => b.width - a.width);
    if (widest === undefined) return false;
    const floor = Math.max(lowest(widest), Math.min(next?.width ?? 0, widest.width - 1));
    widest.width = Math.max(floor, widest.width - excess);
  }
}

function naturalWidth(column: Column, at: number, rows: readonly (readonly Cell[])[]): number {
  return rows.reduce((most, row) => Math.max(most, stringWidth(row[at]?.text ?? '')), stringWidth(column.title));
}

function sideOf(column: Column): 'left' | 'right' {
  return column.align === 'right' ? 'left' : 'right';
}
