import { useNavigate } from '@tanstack/react-router';
import { type Problem, routes } from '@winesap/api';
import { useState } from 'react';
import { problemOf } from '../data/api.ts';
import { useWhyNot } from '../data/why-not.ts';
import { DropAnywhere } from '../parts/files/drop-anywhere.tsx';
import { DropZone } from '../parts/files/drop-zone.tsx';
import { ProblemNote } from '../parts/notes/problem-note.tsx';
import { sendToNewBatch } from '../tokens/batch/send-files.ts';
import { RenewalWindow } from '../tokens/renewal/renewal-window.tsx';
import { DroppedFileLine } from './dropped-file-line.tsx';
import classes from './dropped-files.module.css';
import { useDroppedFile } from './use-dropped-file.ts';

/**
 * Files dropped anywhere on the overview. One that renews a token opens the window of its renewal. Everything else, new
 * locations and many files, goes to the server as a batch, which says what each would do.
 */
export function DroppedFiles() {
  const why = useWhyNot(routes.inspectTokenFile);
  const navigate = useNavigate();
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (files: readonly File[]) => {
    try {
      const { id } = await sendToNewBatch(files);
      await navigate({ to: '/files/$batchId', params: { batchId: id } });
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const single = useDroppedFile((file) => send([file]));
  const { file } = single;

  const take = (list: File[]) => {
    const [first, ...more] = list;
    if (first === undefined) return;
    setProblem(null);
    if (more.length === 0) return void single.take(first);
    single.clear();
    void send(list);
  };

  return (
    <div className={classes.area}>
      <DropZone compact multiple label="Drop .vpptoken files here to renew or add" onFiles={take} why={why}>
        Drop <code>.vpptoken</code> files, one or many, or <strong>choose files</strong>
      </DropZone>
      {why === null && <DropAnywhere onFiles={take} />}
      {problem !== null && <ProblemNote problem={problem} />}
      {file !== null && <DroppedFileLine file={file} onOpen={single.open} onClear={single.clear} />}

      {single.isOpen && file?.state === 'held' && (
        <RenewalWindow
          key={file.key}
          tokenId={file.heldBy.tokenId}
          dropped={{ file: file.file, problem: null }}
          onRenewed={() => single.settle('renewed')}
          onClose={() => single.settle('passed-over')}
        />
      )}
    </div>
  );
}
