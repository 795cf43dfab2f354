import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import { useNarrow } from '../parts/use-narrow.ts';
import classes from './long-table.module.css';
import { useLongRows } from './rows/use-long-rows.ts';
import { SortHead, SortSelect } from './sort-head.tsx';

export interface Column<Row> {
  id: string;
  /** In the head, and before the value on a card. */
  label: string;
  numeric?: boolean;
  /** Of the column in the table; one column without takes the rest. */
  width?: string;
  sortable?: boolean;
  /** On a card it has a line of its own. */
  span?: boolean;
  /** The cell in which the row is named and reached; `reach` belongs on its link or button. */
  names?: boolean;
  cell: (row: Row, reach: Reach) => ReactNode;
}

/** On the one thing of a row that takes the focus: arrows go from row to row, Enter does what it does. */
export interface Reach {
  'data-reach': true;
  tabIndex: number;
}

export interface Sort {
  column: string;
  descending: boolean;
}

export interface LongTableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  /** How many there are in all; null while that is not known. */
  total: number | null;
  sort?: Sort;
  onSort?: (sort: Sort) => void;
  /** The end of what was read is near. */
  onEnd?: () => void;
  /** Words that make a row step back: what is gone. */
  quiet?: (row: Row) => boolean;
}

const WIDE = { rowPx: 54, gapPx: 0 };
const CARDS = { rowPx: 150, gapPx: 10 };

/**
 * A table of any length: only the rows in sight are drawn, and the page scrolls. Arrows, Page and Home/End go from row to
 * row. On a narrow page each row is a card with the same facts in the same order.
 */
export function LongTable<Row>(props: LongTableProps<Row>) {
  const { caption, columns, rows, keyOf, total, sort, onSort, onEnd, quiet } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const narrow = useNarrow();
  const long = useLongRows({
    count: rows.length,
    keyOf: (index) => {
      const row = rows[index];
      return row === undefined ? String(index) : keyOf(row);
    },
    body,
    ...(narrow ? CARDS : WIDE),
  });
  const atEnd = rows.length > 0 && long.lastDrawn >= rows.length - 20;
  const reachEnd = useEffectEvent(() => onEnd?.());
  // biome-ignore lint/correctness/useExhaustiveDependencies: after more was read its end may be near again
  useEffect(() => {
    if (atEnd) reachEnd();
  }, [atEnd, rows.length]);

  return (
    <div>
      {sort !== undefined && onSort !== undefined && <SortSelect columns={columns} sort={sort} onSort={onSort} />}
      <table className={classes.table} aria-rowcount={total === null ? -1 : total + 1}>
        <caption className="unseen">{caption}</caption>
        <colgroup>
          {columns.map(({ id, width }) => (
            <col key={id} style={width === undefined ? undefined : { width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <SortHead key={column.id} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody ref={body} onKeyDown={long.onKeyDown} onFocus={long.onFocus}>
          {long.lines.map((line) => {
            if (line.kind === 'room')
              return (
                <tr key={line.key} className={classes.room} aria-hidden style={{ height: line.px }}>
                  <td colSpan={columns.length} />
                </tr>
              );
            const row = rows[line.index];
            if (row === undefined) return null;
            const reach: Reach = { 'data-reach': true, tabIndex: line.index === long.reachable ? 0 : -1 };
            return (
              <tr
                key={line.key}
                ref={long.measure}
                className={classes.row}
                data-index={line.index}
                data-quiet={quiet?.(row) || undefined}
                aria-rowindex={line.index + 2}
              >
                {columns.map((column) =>
                  column.names ? (
                    <th key={column.id} scope="row">
                      {column.cell(row, reach)}
                    </th>
                  ) : (
                    <td
                      key={column.id}
                      className={column.numeric ? 'num' : undefined}
                      data-label={column.label}
                      data-span={column.span || undefined}
                    >
                      {column.cell(row, reach)}
                    </td>
                  ),
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
