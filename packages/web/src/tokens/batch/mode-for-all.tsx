import { useMutation } from '@tanstack/react-query';
import { type Batch, type BatchFile, type Mode, routes } from '@winesap/api';
import { plural } from '@winesap/api/words';
import { api, problemOf } from '../../data/api.ts';
import { showToast } from '../../parts/notes/toasts.tsx';
import classes from './batch-screen.module.css';

interface Props {
  batchId: string;
  files: readonly BatchFile[];
  onChanged: (batch: Batch) => void;
}

/** Watch or manage, for all new locations that nobody else manages. */
export function ModeForAll({ batchId, files, onChanged }: Props) {
  const free = files.filter(
    ({ act, verdict, identity }) => act === 'add' && verdict === 'ready' && identity?.claim.state !== 'foreign',
  );
  const change = useMutation({
    mutationFn: (mode: Mode) =>
      api.call(routes.changeBatchFiles, { params: { batchId }, body: { fileIds: free.map(({ id }) => id), mode } }),
    onSuccess: onChanged,
    onError: (error) => showToast(problemOf(error).title),
  });
  if (free.length === 0) return null;
  const all = (mode: Mode) => free.every((file) => file.mode === mode);
  return (
    <fieldset className={classes.shown} disabled={change.isPending}>
      <legend className={classes.legend}>{plural(free.length, 'new location')} that nobody else manages:</legend>
      <button type="button" aria-pressed={all('watch')} onClick={() => change.mutate('watch')}>
        Watch
      </button>
      <button type="button" aria-pressed={all('manage')} onClick={() => change.mutate('manage')}>
        Manage
      </button>
    </fieldset>
  );
}
