import { count, plural } from '@winesap/api/words';
import { type ReactNode, useState } from 'react';
import { download } from '../../lists/csv.ts';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { bulkCsv } from './bulk-csv.ts';
import { type Judged, judge } from './bulk-file.ts';
import type { BulkRenewal, BulkState } from './bulk-renewal.ts';
import classes from './bulk-section.module.css';
import { BulkTable } from './bulk-table.tsx';
import { summaryWords } from './bulk-words.ts';

interface Props {
  bulk: BulkRenewal;
  state: BulkState;
  /** A file of a location nobody holds here: to which policy shall it go? */
  onAdd: (file: Judged) => void;
}

/** Many files in one table: what each would do, every problem, one button for all, and what became of each. */
export function BulkSection({ bulk, state, onAdd }: Props) {
  const files = judge(state.files);
  const ready = files.filter(({ verdict }) => verdict === 'ready').length;
  const looked = files.filter(({ verdict }) => verdict !== 'looking').length;
  const settled = files.some(({ verdict }) => verdict === 'renewed');
  const [shown, setShown] = useState<'all' | 'problems'>('all');
  const problems = files.filter(({ verdict }) => verdict === 'problem' || verdict === 'not-held');
  const looking = state.busy === 'looking';
  const renewing = state.busy === 'renewing';

  const why = looking
    ? 'First every file is looked at.'
    : ready === 0
      ? settled
        ? 'Everything that was ready is renewed.'
        : 'No file can renew a token.'
      : null;

  return (
    <section className={classes.section} aria-label="Dropped files">
      <header className={classes.head}>
        <div className={classes.words}>
          <h2>{settled || renewing ? 'Renewed from many files' : 'Renew from many files'}</h2>
          <p role="status" className="quiet">
            {looking
              ? 'Looking at the files. Apple is asked what each opens.'
              : renewing
                ? 'Renewing one after another.'
                : summaryWords(files)}
          </p>
        </div>
        <div className={classes.buttons}>
          {!looking && !renewing && (
            <ActionButton
              variant="subtle"
              onClick={() => {
                setShown('all');
                bulk.clear();
              }}
            >
              Clear the list
            </ActionButton>
          )}
          <ActionButton
            variant="default"
            why={looking ? 'First every file is looked at.' : null}
            onClick={() => download(`renewal-${new Date().toISOString().slice(0, 10)}.csv`, 'text/csv', bulkCsv(files))}
          >
            CSV
          </ActionButton>
          <ActionButton why={why} busy={renewing} onClick={() => void bulk.renewAll()}>
            Renew {ready === 0 ? 'tokens' : plural(ready, 'token')}
          </ActionButton>
        </div>
        {looking && (
          <Progress label="Looking at the files" done={looked} total={files.length}>
            Looking at the files: {count(looked)} of {count(files.length)}
          </Progress>
        )}
        {renewing && (
          <Progress label="Renewing" done={state.round.done} total={state.round.total}>
            Renewing: {count(state.round.done)} of {count(state.round.total)}
          </Progress>
        )}
      </header>

      {state.halted !== null && (
        <div className={classes.note}>
          <ProblemNote problem={state.halted}>
            <ActionButton variant="default" onClick={bulk.goOn}>
              Go on
            </ActionButton>
          </ProblemNote>
        </div>
      )}
      {problems.length > 0 && problems.length < files.length && !looking && (
        <fieldset className={classes.shown}>
          <legend className="unseen">Show</legend>
          <button type="button" aria-pressed={shown === 'all'} onClick={() => setShown('all')}>
            All {count(files.length)}
          </button>
          <button type="button" aria-pressed={shown === 'problems'} onClick={() => setShown('problems')}>
            Problems {count(problems.length)}
          </button>
        </fieldset>
      )}
      <BulkTable
        files={shown === 'problems' && problems.length > 0 ? problems : files}
        busy={state.busy !== null}
        onAcceptOlder={bulk.acceptOlder}
        onLookAgain={bulk.lookAgain}
        onAdd={onAdd}
      />
      <p className={`quiet small ${classes.promise}`}>
        Renewing changes no assignment and removes no app from any device. Nothing is stored before you press Renew.
      </p>
    </section>
  );
}

function Progress(props: { label: string; done: number; total: number; children: ReactNode }) {
  const share = props.total === 0 ? 0 : props.done / props.total;
  return (
    <div className={classes.progress}>
      <div
        role="progressbar"
        className={classes.track}
        aria-label={props.label}
        aria-valuemin={0}
        aria-valuemax={props.total}
        aria-valuenow={props.done}
      >
        <div style={{ transform: `scaleX(${share})` }} />
      </div>
      <span aria-hidden>{props.children}</span>
    </div>
  );
}
