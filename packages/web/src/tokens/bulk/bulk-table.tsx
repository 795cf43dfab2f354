import { Checkbox } from '@mantine/core';
import { changedFields, licenseWords } from '@winesap/api/words';
import { useState } from 'react';
import { fullTime, shortDate } from '../../data/times.ts';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { DryRun } from '../renewal/dry-run.tsx';
import { IdentityTable } from '../renewal/identity-table.tsx';
import { type Judged, locationOf, mayPass } from './bulk-file.ts';
import classes from './bulk-table.module.css';

interface Props {
  files: readonly Judged[];
  busy: boolean;
  onAcceptOlder: (key: number, accepted: boolean) => void;
  onLookAgain: (key: number) => void;
  onAdd: (file: Judged) => void;
}

/** A row for each file, in the order they were dropped. A row opens to the whole comparison. On a narrow page: cards. */
export function BulkTable({ files, ...props }: Props) {
  return (
    <table className={classes.table}>
      <caption className="unseen">The dropped files and what each would do</caption>
      <thead>
        <tr>
          <th scope="col">file</th>
          <th scope="col">location</th>
          <th scope="col">expires</th>
          <th scope="col">licenses</th>
          <th scope="col">what happens</th>
          <th scope="col">
            <span className="unseen">more</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <Row key={file.key} file={file} {...props} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ file, busy, onAcceptOlder, onLookAgain, onAdd }: { file: Judged } & Omit<Props, 'files'>) {
  const [open, setOpen] = useState(false);
  const { preview, inspection, problem, verdict } = file;
  const place = inspection?.heldBy ?? null;
  const canOpen = preview !== null || problem !== null;
  return (
    <>
      <tr data-verdict={verdict}>
        <th scope="row" className={classes.file} title={file.name}>
          {file.name}
        </th>
        <td>
          {locationOf(file) ?? ''}
          {place !== null && <span className="quiet"> {place.organizationName}</span>}
        </td>
        <td className={classes.expires}>
          <Expiry file={file} />
        </td>
        <td className={classes.licenses}>
          {preview === null ? '' : (licenseWords(preview) ?? 'not known') || 'as stored'}
        </td>
        <td className={classes.what}>
          <What file={file} />
          {problem !== null && mayPass(problem) && (
            <button type="button" className="link-button" disabled={busy} onClick={() => onLookAgain(file.key)}>
              Look again
            </button>
          )}
          {verdict === 'not-held' && (
            <button type="button" className="link-button" disabled={busy} onClick={() => onAdd(file)}>
              Add it to a policy…
            </button>
          )}
        </td>
        <td className={classes.more}>
          {canOpen && (
            <button
              type="button"
              className={classes.twist}
              aria-expanded={open}
              aria-label={`Details of ${file.name}`}
              onClick={() => setOpen(!open)}
            >
              <svg width="12" height="12" viewBox="0 0 10 10" aria-hidden>
                <path d="M1.500 3.500 5 7l3.500-3.500" fill="none" stroke="currentColor" strokeWidth="1.500" />
              </svg>
            </button>
          )}
        </td>
      </tr>
      {open && (
        <tr className={classes.detail}>
          <td colSpan={6}>
            <div className="stack">
              {problem !== null && <p>{problem.detail}</p>}
              {preview !== null && <IdentityTable rows={preview.rows} />}
              {preview?.dryRun != null && <DryRun dryRun={preview.dryRun} />}
              {preview?.verdict === 'needs-consent' && verdict !== 'renewed' && (
                <Checkbox
                  label="Use the older file all the same"
                  checked={file.acceptOlder}
                  disabled={busy}
                  onChange={(event) => onAcceptOlder(file.key, event.currentTarget.checked)}
                />
              )}
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

function What({ file }: { file: Judged }) {
  switch (file.verdict) {
    case 'looking':
      return <span className="quiet">{file.stage === 'reading' ? 'asking Apple…' : 'waiting'}</span>;
    case 'ready': {
      const changes = file.preview === null ? [] : changedFields(file.preview);
      return (
        <span>
          <SeverityMark severity={changes.length > 0 ? 'soon' : 'ok'} />{' '}
          {changes.length > 0 ? changes.join(' · ') : 'ready, same identity'}
        </span>
      );
    }
    case 'renewing':
      return <b>renewing…</b>;
    case 'renewed':
      return <b className={classes.done}>✓ renewed</b>;
    case 'added':
      return <b className={classes.done}>✓ added</b>;
    case 'problem':
    case 'not-held':
      return (
        <span className={classes.problem}>
          <SeverityMark severity="broken" /> {file.problem?.title}{' '}
        </span>
      );
  }
}

/** Old and new end of life: `12 Dec 2026 → 22 Nov 2027`. */
function Expiry({ file: { preview, inspection } }: { file: Judged }) {
  const fresh = (preview?.fresh ?? inspection?.identity)?.expiresAt ?? null;
  const stored = preview?.stored.expiresAt ?? null;
  if (preview === null && fresh === null) return null;
  return (
    <>
      {preview !== null && (
        <>
          <span className="quiet">
            <Day at={stored} /> <span aria-hidden>→</span>
            <span className="unseen">, now </span>
          </span>{' '}
        </>
      )}
      <Day at={fresh} />
    </>
  );
}

function Day({ at }: { at: string | null }) {
  if (at === null) return <>unknown</>;
  return (
    <time dateTime={at} title={fullTime(at)}>
      {shortDate(at)}
    </time>
  );
}
