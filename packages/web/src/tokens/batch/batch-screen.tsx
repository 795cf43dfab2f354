import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { type Batch, type BatchFile, routes, urlOf } from '@winesap/api';
import { batchWords, confirmWords, count } from '@winesap/api/words';
import { type ReactNode, useState, useSyncExternalStore } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { query } from '../../data/query.ts';
import { CsvLink } from '../../lists/csv-link.tsx';
import { DropAnywhere } from '../../parts/files/drop-anywhere.tsx';
import { DropZone } from '../../parts/files/drop-zone.tsx';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { showToast } from '../../parts/notes/toasts.tsx';
import { Ago } from '../../parts/time.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import classes from './batch-screen.module.css';
import { BatchTable } from './batch-table.tsx';
import { ModeForAll } from './mode-for-all.tsx';
import { onSending, sendFiles, sendingNow, sendRest } from './send-files.ts';

const SHOWN = { all: 'All', ready: 'Ready', problem: 'Problems', done: 'Done' } as const;
type Shown = keyof typeof SHOWN;

/** Many files in one table: what each would do, every problem, one button for all, and what became of each. */
export function BatchScreen() {
  const { batchId } = useParams({ from: '/inside/files/$batchId' });
  const client = useQueryClient();
  const navigate = useNavigate();
  const { data: batch } = useSuspenseQuery(query(routes.getBatch, { params: { batchId } }));
  const [shown, setShown] = useState<Shown>('all');
  const sending = useSyncExternalStore(onSending, sendingNow);
  const mine = sending?.batchId === batchId ? sending : null;

  const show = (changed: Batch) =>
    client.setQueryData(query(routes.getBatch, { params: { batchId } }).queryKey, changed);
  const ready = batch.files.filter(({ verdict }) => verdict === 'ready');
  const again = batch.files.filter(({ canLookAgain }) => canLookAgain);
  const confirm = useMutation({
    mutationFn: () =>
      api.call(routes.confirmBatch, { params: { batchId }, body: { fileIds: ready.map(({ id }) => id) } }),
    onSuccess: show,
  });
  const lookAgain = useMutation({
    mutationFn: () =>
      api.call(routes.changeBatchFiles, {
        params: { batchId },
        body: { fileIds: again.map(({ id }) => id), lookAgain: true },
      }),
    onSuccess: show,
  });
  const discard = useMutation({
    mutationFn: () => api.call(routes.discardBatch, { params: { batchId } }),
    onSuccess: () => {
      showToast('The files that were not used are forgotten.');
      void navigate({ to: '/' });
    },
  });
  const problem = [confirm, lookAgain, discard].find(({ isError }) => isError)?.error;
  const { counts } = batch;
  const asked = counts.files - counts.looking;
  const confirmed = counts.working + counts.done + counts.failed;

  return (
    <>
      <title>{`${batchWords(batch)} · Winesap`}</title>
      <div className={classes.top}>
        <div>
          <h1>Token files</h1>
          <p className="quiet">
            From {batch.createdBy}, <Ago at={batch.createdAt} />
            {batch.forgetsAt !== null && (
              <>
                . Unused files are forgotten on <Ago at={batch.forgetsAt} />
              </>
            )}
          </p>
        </div>
        {batch.endedAt === null && (
          <DropZone compact multiple label="Add more .vpptoken files" onFiles={(files) => sendFiles(batchId, files)}>
            Drop more <code>.vpptoken</code> files, or <strong>choose files</strong>
          </DropZone>
        )}
      </div>
      {batch.endedAt === null && <DropAnywhere onFiles={(files) => sendFiles(batchId, files)} />}

      <section className={classes.section} aria-label="Token files">
        <header className={classes.head}>
          <p role="status" className={classes.words}>
            <b>{batchWords(batch)}</b> <span className="quiet">{nextWords(batch)}</span>
          </p>
          <div className={classes.buttons}>
            {batch.endedAt === null && (
              <ActionButton variant="subtle" busy={discard.isPending} onClick={() => discard.mutate()}>
                {counts.done > 0 ? 'Forget the rest' : 'Discard'}
              </ActionButton>
            )}
            {again.length > 0 && (
              <ActionButton variant="default" busy={lookAgain.isPending} onClick={() => lookAgain.mutate()}>
                Look again
              </ActionButton>
            )}
            <CsvLink href={urlOf(routes.exportBatch, { params: { batchId } })} />
            {batch.endedAt === null && (
              <ActionButton why={whyNotConfirm(batch, ready)} busy={confirm.isPending} onClick={() => confirm.mutate()}>
                {confirmWords(ready)}
              </ActionButton>
            )}
          </div>
          {mine !== null && mine.problem === null && (
            <Progress label="Sending the files" done={mine.sent} total={mine.total} />
          )}
          {counts.looking > 0 && <Progress label="Asking Apple" done={asked} total={counts.files} />}
          {counts.working > 0 && (
            <Progress label="Adding and renewing" done={confirmed - counts.working} total={confirmed} />
          )}
        </header>

        {mine?.problem != null && (
          <div className={classes.note}>
            <ProblemNote problem={mine.problem}>
              <ActionButton variant="default" onClick={sendRest}>
                Send the rest
              </ActionButton>
            </ProblemNote>
          </div>
        )}
        {problem !== undefined && (
          <div className={classes.note}>
            <ProblemNote problem={problemOf(problem)} />
          </div>
        )}
        <Filter files={batch.files} shown={shown} onShown={setShown} />
        {batch.endedAt === null && <ModeForAll batchId={batchId} files={batch.files} onChanged={show} />}
        <BatchTable batchId={batchId} files={batch.files.filter(SHOWS[shown])} onChanged={show} />
        <p className={`quiet small ${classes.promise}`}>
          Adding and renewing change no assignment and remove no app from any device. The server works on confirmed
          files also after you close this page. Results are kept for 90 days.
        </p>
      </section>
    </>
  );
}

const SHOWS: Record<Shown, (file: BatchFile) => boolean> = {
  all: () => true,
  ready: ({ verdict }) => verdict === 'ready',
  problem: ({ verdict }) => verdict === 'problem' || verdict === 'failed',
  done: ({ verdict }) => verdict === 'done' || verdict === 'working',
};

interface FilterProps {
  files: readonly BatchFile[];
  shown: Shown;
  onShown: (shown: Shown) => void;
}

function Filter({ files, shown, onShown }: FilterProps) {
  const kinds = (Object.keys(SHOWN) as Shown[]).map((kind) => [kind, files.filter(SHOWS[kind]).length] as const);
  if (kinds.filter(([, number]) => number > 0 && number < files.length).length === 0) return null;
  return (
    <fieldset className={classes.shown}>
      <legend className="unseen">Show</legend>
      {kinds
        .filter(([kind, number]) => kind === 'all' || number > 0)
        .map(([kind, number]) => (
          <button key={kind} type="button" aria-pressed={shown === kind} onClick={() => onShown(kind)}>
            {SHOWN[kind]} {count(number)}
          </button>
        ))}
    </fieldset>
  );
}

/** What happens next, and who has to do it. */
function nextWords({ state, counts }: Batch): string {
  switch (state) {
    case 'looking':
      return 'Apple is asked which location each file opens.';
    case 'working':
      return 'Winesap works on it. You can close this page.';
    case 'ready':
      return counts.ready > 0 ? 'Nothing happens before you confirm.' : '';
    case 'ended':
      return '';
  }
}

function whyNotConfirm({ counts }: Batch, ready: readonly BatchFile[]): string | null {
  if (ready.length > 0) return null;
  if (counts.looking > 0) return 'First Apple is asked about the files.';
  return counts.working > 0 ? 'Everything that was ready is in progress.' : 'No file is ready.';
}

function Progress({ label, done, total }: { label: string; done: number; total: number }): ReactNode {
  return (
    <div className={classes.progress}>
      <div
        role="progressbar"
        className={classes.track}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
      >
        <div style={{ transform: `scaleX(${total === 0 ? 0 : done / total})` }} />
      </div>
      <span aria-hidden>
        {label}: {count(done)} of {count(total)}
      </span>
    </div>
  );
}
