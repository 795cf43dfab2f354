import { count } from '@winesap/api/words';
import type { ReactNode } from 'react';
import { problemOf } from '../data/api.ts';
import { Empty } from '../parts/notes/empty.tsx';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { RowsOnTheirWay } from '../parts/on-its-way.tsx';
import classes from './long-list.module.css';
import { LongTable, type LongTableProps } from './long-table.tsx';
import type { LongListRows } from './use-long-list.ts';

interface Props<Row> extends Omit<LongTableProps<Row>, 'rows' | 'onEnd'> {
  list: LongListRows<unknown, Row>;
  /** How many there are, and how fresh they are. */
  head: ReactNode;
  /** At the end of the head: the download, and what can be done. */
  tools: ReactNode;
  filters?: ReactNode;
  /** In the place of the table, when there is no row: `NoMatch`, or why there is nothing yet. */
  empty: ReactNode;
}

/** The frame of every list of any length: head, filters, what went wrong, the table, and what stands there without rows. */
export function LongList<Row>({ list, head, tools, filters, empty, ...table }: Props<Row>) {
  return (
    <>
      <div className="spread">
        {head}
        <div className={classes.tools}>{tools}</div>
      </div>
      {filters}
      {list.error !== null && <ProblemNote problem={problemOf(list.error)} />}
      {list.shown === undefined ? (
        list.error === null && <RowsOnTheirWay />
      ) : list.rows.length > 0 ? (
        // Rows of the filter before stay in their place, and say that they are.
        <div className={classes.rows} aria-busy={list.first === undefined}>
          <LongTable {...table} rows={list.rows} onEnd={list.readMore} />
          {list.hasMore && (
            <p className="print-only">
              Only the first {count(list.rows.length)} rows are printed here. Press Ctrl P or ⌘P in Winesap, or use the
              CSV file, for all of them.
            </p>
          )}
        </div>
      ) : list.first === undefined ? (
        <RowsOnTheirWay />
      ) : (
        <div className="card">{empty}</div>
      )}
    </>
  );
}

interface NoMatchProps {
  title: string;
  /** What the button says that takes the filters away. */
  all: string;
  onAll: () => void;
  children?: ReactNode;
}

/** The filters leave nothing over: how to get everything back. */
export function NoMatch({ title, all, onAll, children }: NoMatchProps) {
  return (
    <Empty
      title={title}
      action={
        <button type="button" className="link-button" onClick={onAll}>
          {all}
        </button>
      }
    >
      {children}
    </Empty>
  );
}
