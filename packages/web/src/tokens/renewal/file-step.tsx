import type { Identity, Problem } from '@winesap/api';
import { size } from '@winesap/api/words';
import { Suspense, use } from 'react';
import { DropZone } from '../../parts/files/drop-zone.tsx';
import { type ChosenFile, takeFile } from '../../parts/files/token-file.ts';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import classes from './file-step.module.css';
import { PortalSteps } from './portal-steps.tsx';

interface Props {
  kind: Identity['kind'];
  locationName: string | null;
  /** Who downloaded the token that is stored, as far as Apple says. */
  appleId: string | null;
  /** The level below the title it stands under: a window's is the second, a page's the first. */
  heading?: 'h2' | 'h3';
  file: ChosenFile | null;
  problem: Pick<Problem, 'title' | 'detail'> | null;
  onChoice: (file: ChosenFile | null, problem: Pick<Problem, 'title' | 'detail' | 'code'> | null) => void;
}

/** Window 1: where the fresh file comes from, and the place to put it. */
export function FileStep({ kind, locationName, appleId, heading = 'h3', file, problem, onChoice }: Props) {
  const choose = ([first]: File[]) => {
    if (first === undefined) return;
    const choice = takeFile(first);
    onChoice(choice.file, choice.problem);
  };
  return (
    <div className="stack">
      <PortalSteps kind={kind} locationName={locationName} appleId={appleId} heading={heading} />

      <DropZone label="Choose a file" onFiles={choose}>
        {file === null ? (
          <>
            Drop the <code>.vpptoken</code> file here, or <strong>choose a file</strong>
          </>
        ) : (
          <span className={classes.file} role="status">
            <b className={classes.name}>{file.name}</b>
            <span>
              {size(file.bytes)} ·{' '}
              <Suspense fallback="…">
                <LooksLike file={file} />
              </Suspense>
            </span>
            <span className={classes.again}>
              Drop another file here, or <strong>choose a file</strong>
            </span>
          </span>
        )}
      </DropZone>
      {problem !== null && <ProblemNote problem={problem} />}
    </div>
  );
}

function LooksLike({ file }: { file: ChosenFile }) {
  return use(file.looksLike);
}
