import classes from './on-its-way.module.css';

/** A line of words that is being read. */
export function WordsOnTheirWay({ what = 'Loading' }: { what?: string }) {
  return (
    <span className={classes.words}>
      <span className="unseen">{what}…</span>
    </span>
  );
}

/** Rows of a list that is being read, in the place where they will be. */
export function RowsOnTheirWay({ rows = 8 }: { rows?: number }) {
  return (
    <div className={`card ${classes.rows}`} aria-busy>
      <span className="unseen">Loading…</span>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: nothing tells them apart
        <div key={index} className={classes.row} aria-hidden>
          <i />
          <i />
          <i />
        </div>
      ))}
    </div>
  );
}

/** A screen that is being read: where its name, and what is below it, will be. */
export function ScreenOnItsWay() {
  return (
    <div className="stack" role="status">
      <span className="unseen">Loading…</span>
      <div className={classes.title} aria-hidden />
      <div className={`card ${classes.block}`} aria-hidden>
        <i />
        <i />
        <i />
      </div>
      <div className={`card ${classes.block}`} aria-hidden>
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
