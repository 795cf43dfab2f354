import type { Identity, Problem } from '@winesap/api';
import { Suspense, use, useId } from 'react';
import { DropZone } from '../parts/drop-zone.tsx';
import { ProblemNote } from '../parts/problem-note.tsx';
import { type ChosenFile, takeFile } from '../parts/token-file.ts';
import { size } from '../parts/words.ts';
import classes from './file-step.module.css';

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
export function FileStep({ kind, locationName, appleId, heading: Heading = 'h3', file, problem, onChoice }: Props) {
  const stepsId = useId();
  const choose = ([first]: File[]) => {
    if (first === undefined) return;
    const choice = takeFile(first);
    onChoice(choice.file, choice.problem);
  };
  return (
    <div className="stack">
      <section aria-labelledby={stepsId}>
        <Heading id={stepsId} className={classes.heading}>
          Get the fresh file from Apple
        </Heading>
        <ol className={classes.steps}>
          <li>
            Sign in to <Portal kind={kind} /> with an account that has at least the role <b>Content Manager</b>.
          </li>
          <li>
            Choose your name at the bottom left, then <b>Preferences</b>.
          </li>
          <li>
            Choose <b>Payments and Billing</b> and scroll to <b>Content Tokens</b> (older: <b>Server Tokens</b>).
          </li>
          <li>
            Choose {locationName === null ? 'the location' : <b>{locationName}</b>}: its <code>.vpptoken</code> file
            downloads.
          </li>
        </ol>
        {appleId !== null && (
          <p className={classes.last}>
            Last time it was downloaded by <b>{appleId}</b>. Another account of the same organization will do.
          </p>
        )}
      </section>

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

function Portal({ kind }: { kind: Identity['kind'] }) {
  const business = (
    <a href="https://business.apple.com" target="_blank" rel="noreferrer">
      business.apple.com
    </a>
  );
  const school = (
    <a href="https://school.apple.com" target="_blank" rel="noreferrer">
      school.apple.com
    </a>
  );
  if (kind === 'business') return business;
  if (kind === 'school') return school;
  return (
    <>
      {business} (or {school} for a school)
    </>
  );
}
