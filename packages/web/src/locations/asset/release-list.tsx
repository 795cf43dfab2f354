import { type Release, routes, urlOf } from '@winesap/api';
import { count } from '@winesap/api/words';
import { useState } from 'react';
import type { AssetKey } from '../../data/queries.ts';
import { CsvLink } from '../../lists/csv-link.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { Ago } from '../../parts/time.tsx';
import classes from './release.module.css';

/** So many are shown before they are asked for, and every one that is under way. */
const SHOWN = 3;

const STEPS = [
  { state: 'planned', words: 'written down' },
  { state: 'sent', words: 'sent' },
  { state: 'accepted', words: 'Apple works on it' },
] as const;

export function isUnderWay({ state }: Release): boolean {
  return state === 'planned' || state === 'sent' || state === 'accepted';
}

/** Licenses released by hand, newest first: where each stands, and how it ended. */
export function ReleaseList({ assetKey, releases }: { assetKey: AssetKey; releases: readonly Release[] }) {
  const [all, setAll] = useState(false);
  if (releases.length === 0) return null;
  const shown = all ? releases : releases.filter((release, index) => index < SHOWN || isUnderWay(release));
  return (
    <section aria-label="Releases" className="stack">
      <header className="spread">
        <h2>Released by hand</h2>
        <CsvLink
          href={urlOf(routes.exportReleases, { params: { uId: assetKey.uId }, query: { adamId: assetKey.adamId } })}
          label="Download these releases as CSV"
        />
      </header>
      <ul className={classes.releases}>
        {shown.map((release) => (
          <li key={release.id} className={classes.release} data-state={release.state}>
            <span className={classes.mark}>
              {isUnderWay(release) ? (
                <span className={classes.turning} aria-hidden />
              ) : (
                <SeverityMark severity={release.state === 'done' ? 'ok' : 'broken'} />
              )}
            </span>
            <div className={classes.words} role="status">
              <b>{release.holder}</b> {release.text}
              {release.failure?.apple && (
                <>
                  {' '}
                  Apple said: <code>{release.failure.apple.line}</code>
                </>
              )}
              {isUnderWay(release) && <Steps state={release.state} />}
            </div>
            <span className={classes.when}>
              <Ago at={release.finishedAt ?? release.requestedAt} /> by {release.requestedBy}
            </span>
          </li>
        ))}
      </ul>
      {shown.length < releases.length && (
        <button type="button" className="link-button" onClick={() => setAll(true)}>
          Show all {count(releases.length)}
        </button>
      )}
    </section>
  );
}

function Steps({ state }: { state: Release['state'] }) {
  const reached = STEPS.findIndex((step) => step.state === state);
  return (
    <span className={classes.steps} aria-hidden>
      {STEPS.map((step, index) => (
        <span key={step.state} data-reached={index <= reached || undefined}>
          {index <= reached ? '●' : '○'} {step.words}
        </span>
      ))}
    </span>
  );
}
