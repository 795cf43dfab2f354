import { SeverityMark } from '../parts/severity-mark.tsx';
import classes from './dropped-files.module.css';
import type { DroppedFile } from './use-dropped-file.ts';

interface Props {
  file: DroppedFile;
  onOpen: () => void;
  onClear: () => void;
}

/** What became of a single dropped file. */
export function DroppedFileLine({ file, onOpen, onClear }: Props) {
  return (
    <section className={classes.list} aria-label="Dropped files">
      <div aria-live="polite" className={classes.item}>
        <b className="clip" title={file.name}>
          {file.name}
        </b>
        <Outcome file={file} onOpen={onOpen} />
      </div>
      {file.state !== 'reading' && (
        <button type="button" className="link-button small" onClick={onClear}>
          Clear the list
        </button>
      )}
    </section>
  );
}

function Outcome({ file, onOpen }: { file: DroppedFile; onOpen: () => void }) {
  switch (file.state) {
    case 'reading':
      return <span className="quiet">asking Apple what it opens…</span>;
    case 'refused':
      return (
        <details>
          <summary>
            <SeverityMark severity="broken" /> {file.problem.title}
          </summary>
          {file.problem.detail}
        </details>
      );
    case 'held': {
      const name = file.inspection.identity.locationName ?? file.inspection.identity.uId;
      if (file.outcome === 'renewed') return <span>✓ {name} renewed</span>;
      return (
        <span>
          opens {name} ({file.heldBy.organizationName}){' '}
          {file.outcome !== null && (
            <button type="button" className="link-button" onClick={onOpen}>
              Renew…
            </button>
          )}
        </span>
      );
    }
  }
}
