import { Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Batch, type BatchFile, type BodyInputOf, type Mode, routes } from '@winesap/api';
import { changedFields, licenseWords, outcomeWords, placeOfFile } from '@winesap/api/words';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { fullTime, shortDate } from '../../data/times.ts';
import { showToast } from '../../parts/notes/toasts.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { IdentityList } from '../renewal/identity-list.tsx';
import { IdentityTable } from '../renewal/identity-table.tsx';
import { ModeChoice } from '../token/claim-window.tsx';
import classes from './batch-table.module.css';
import { PlaceWindow } from './place-window.tsx';

interface Props {
  batchId: string;
  files: readonly BatchFile[];
  onChanged: (batch: Batch) => void;
}

type Change = Omit<BodyInputOf<typeof routes.changeBatchFiles>, 'fileIds'>;

/** A row for each file, in the order in which they came. A row opens to everything about it. On a narrow page: cards. */
export function BatchTable({ batchId, files, onChanged }: Props) {
  return (
    <table className={classes.table}>
      <caption className="unseen">The files and what each would do</caption>
      <thead>
        <tr>
          <th scope="col">file</th>
          <th scope="col">location</th>
          <th scope="col">expires</th>
          <th scope="col">belongs to</th>
          <th scope="col">what happens</th>
          <th scope="col">
            <span className="unseen">more</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {files.map((file) => (
          <Row key={file.id} batchId={batchId} file={file} onChanged={onChanged} />
        ))}
      </tbody>
    </table>
  );
}

function Row({ batchId, file, onChanged }: { file: BatchFile } & Omit<Props, 'files'>) {
  const [open, setOpen] = useState(false);
  const [placing, setPlacing] = useState(false);
  const { identity, problem, verdict } = file;
  const name = file.fileName ?? 'a file without a name';
  const change = useMutation({
    mutationFn: (body: Change) =>
      api.call(routes.changeBatchFiles, { params: { batchId }, body: { fileIds: [file.id], ...body } }),
    onSuccess: onChanged,
    onError: (error) => showToast(problemOf(error).title),
  });
  const canChange = verdict === 'ready' || verdict === 'problem';
  return (
    <>
      <tr data-verdict={verdict}>
        <th scope="row" className={classes.file} title={name}>
          {name}
        </th>
        <td>{identity === null ? '' : (identity.locationName ?? identity.uId)}</td>
        <td className={classes.expires}>
          <Expiry file={file} />
        </td>
        <td className={classes.place}>
          <Place file={file} />
          {file.act === 'add' && canChange && (
            <button type="button" className="link-button" onClick={() => setPlacing(true)}>
              Change…
            </button>
          )}
        </td>
        <td className={classes.what}>
          <What file={file} />
          {file.canLookAgain && (
            <button
              type="button"
              className="link-button"
              disabled={change.isPending}
              onClick={() => change.mutate({ lookAgain: true })}
            >
              Look again
            </button>
          )}
        </td>
        <td className={classes.more}>
          {(identity !== null || problem !== null) && (
            <button
              type="button"
              className={classes.twist}
              aria-expanded={open}
              aria-label={`Details of ${name}`}
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
            <Detail
              file={file}
              busy={change.isPending}
              canChange={canChange}
              onChange={(body) => change.mutate(body)}
            />
          </td>
        </tr>
      )}
      {placing && file.place !== null && (
        <PlaceWindow
          fileName={name}
          place={file.place}
          busy={change.isPending}
          onSave={(place) => change.mutate({ place }, { onSuccess: () => setPlacing(false) })}
          onClose={() => setPlacing(false)}
        />
      )}
    </>
  );
}

function Place({ file }: { file: BatchFile }) {
  const { token } = file;
  if (token !== null)
    return (
      <Link to="/policies/$policyId/settings/apple-apps" params={{ policyId: token.policyId }}>
        {token.organizationName} / {token.policyName}
      </Link>
    );
  const place = placeOfFile(file);
  if (place === null) return null;
  return (
    <>
      {place.place}{' '}
      {place.created !== null && file.verdict !== 'done' && (
        <span className={classes.created}>{place.created}</span>
      )}{' '}
    </>
  );
}

interface DetailProps {
  file: BatchFile;
  busy: boolean;
  canChange: boolean;
  onChange: (change: Change) => void;
}

function Detail({ file, busy, canChange, onChange }: DetailProps) {
  const { identity, problem, licenses, act } = file;
  return (
    <div className="stack">
      {problem !== null && <p>{problem.detail}</p>}
      {act === 'add' && identity !== null && <IdentityList identity={identity} />}
      {act === 'renew' &&
        (file.changes.length > 0 ? (
          <IdentityTable rows={file.changes} />
        ) : (
          <p>Same location, same account, same organization.</p>
        ))}
      {licenses !== null && <p>Licenses: {licenseWords({ dryRun: licenses }) || 'as stored'}.</p>}
      {file.needsConsent && canChange && (
        <Checkbox
          label="Use the older file all the same"
          checked={file.acceptOlder}
          disabled={busy}
          onChange={(event) => onChange({ acceptOlder: event.currentTarget.checked })}
        />
      )}
      {act === 'add' && canChange && <ModeOfFile file={file} onChange={onChange} />}
    </div>
  );
}

/** Watch or manage. Taking a location over from another server names it, and is said twice. */
function ModeOfFile({ file, onChange }: Pick<DetailProps, 'file' | 'onChange'>) {
  const claim = file.identity?.claim;
  const foreign = claim?.state === 'foreign';
  return (
    <>
      <ModeChoice
        mode={file.mode ?? 'watch'}
        onMode={(mode: Mode) => onChange({ mode })}
        foreignName={foreign ? claim.words : null}
      />
      {foreign && file.mode === 'manage' && claim.id !== null && (
        <Checkbox
          label={`Take this location over from ${claim.words}`}
          description={`${claim.words} stops receiving Apple’s notifications and will show an error. No license changes by this.`}
          checked={file.takeOverFrom === claim.id}
          onChange={(event) =>
            onChange({ mode: 'manage', ...(event.currentTarget.checked && { takeOverFrom: claim.id ?? '' }) })
          }
        />
      )}
    </>
  );
}

function What({ file }: { file: BatchFile }) {
  const { verdict } = file;
  const words = outcomeWords(file);
  switch (verdict) {
    case 'looking':
    case 'forgotten':
      return <span className="quiet">{words}</span>;
    case 'ready': {
      const changes = changedFields({ rows: file.changes });
      const holder = file.act === 'add' && file.identity?.claim.state === 'foreign' ? file.identity.claim.words : null;
      const beside = [...changes, ...(holder === null ? [] : [`managed by ${holder}`])];
      return (
        <span>
          <SeverityMark severity={beside.length > 0 ? 'soon' : 'ok'} /> {[words, ...beside].join(' · ')}
        </span>
      );
    }
    case 'working':
      return <b>{words}</b>;
    case 'done':
      return <b className={classes.done}>✓ {words}</b>;
    case 'problem':
    case 'failed':
      return (
        <span className={classes.problem}>
          <SeverityMark severity="broken" /> {words}{' '}
        </span>
      );
  }
}

/** Old and new end of life: `12 Dec 2026 → 22 Nov 2027`. */
function Expiry({ file: { identity, expiredBefore, act } }: { file: BatchFile }) {
  if (identity === null) return null;
  return (
    <>
      {act === 'renew' && (
        <>
          <span className="quiet">
            <Day at={expiredBefore} /> <span aria-hidden>→</span>
            <span className="unseen">, now </span>
          </span>{' '}
        </>
      )}
      <Day at={identity.expiresAt} />
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
