import { Checkbox } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import type { Problem, RenewalPreview } from '@winesap/api';
import { placeOf } from '@winesap/api/words';
import classes from '../../parts/notes/note.module.css';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { Window } from '../../windows/window.tsx';
import { DryRun } from './dry-run.tsx';
import { IdentityTable } from './identity-table.tsx';

interface Props {
  preview: RenewalPreview;
  fileName: string;
  acceptOlder: boolean;
  onAcceptOlder: (accepted: boolean) => void;
  saving: boolean;
  reading: boolean;
  problem: Pick<Problem, 'title' | 'detail' | 'code'> | null;
  onSave: () => void;
  onPreviewAgain: () => void;
  /** What to do with a file that cannot be used; `another` is what the button says. */
  onChooseAnother: () => void;
  another?: string;
  onClose: () => void;
  onRemove?: () => void;
}

/** Refusals of the final Save that a fresh preview can clear up. */
const PREVIEW_AGAIN = new Set(['preview.stale', 'renewal.older-file', 'apple.busy', 'apple.away', 'apple.no-answer']);

/** Window 2: what is stored beside what the file opens. Refused files have no Save, only ways on. */
export function ConfirmStep({ preview, another = 'Choose another file', ...props }: Props) {
  const navigate = useNavigate();
  const { verdict, refusal, otherToken } = preview;
  const refused = verdict === 'refused';
  const mismatch = refusal?.code === 'renewal.location-mismatch';
  const stale = props.problem !== null && PREVIEW_AGAIN.has(props.problem.code);

  const title = mismatch
    ? 'This file opens another location'
    : refused
      ? 'This file cannot be used'
      : 'Is this the right token?';
  const why =
    verdict === 'needs-consent' && !props.acceptOlder
      ? 'Confirm first that the older file is to be used.'
      : stale
        ? 'What is shown is no longer true. Preview again.'
        : null;

  return (
    <Window
      wide
      title={title}
      subtitle={props.fileName}
      onClose={props.onClose}
      busy={props.saving}
      actions={
        <>
          {refused && (
            <>
              {otherToken !== null && (
                <ActionButton
                  variant="default"
                  onClick={() => {
                    props.onClose();
                    void navigate({
                      to: '/policies/$policyId/settings/apple-apps',
                      params: { policyId: otherToken.policyId },
                    });
                  }}
                >
                  Go to its token
                </ActionButton>
              )}
              {mismatch && props.onRemove !== undefined && (
                <ActionButton variant="danger-quiet" onClick={props.onRemove}>
                  Remove Token…
                </ActionButton>
              )}
            </>
          )}
          <ActionButton variant="default" onClick={props.onClose}>
            Cancel
          </ActionButton>
          {refused ? (
            <ActionButton onClick={props.onChooseAnother}>{another}</ActionButton>
          ) : (
            <ActionButton why={why} busy={props.saving} onClick={props.onSave}>
              Save
            </ActionButton>
          )}
        </>
      }
    >
      <div className="stack">
        {props.problem !== null && (
          <ProblemNote problem={props.problem}>
            {stale ? (
              <ActionButton variant="default" busy={props.reading} onClick={props.onPreviewAgain}>
                Preview again
              </ActionButton>
            ) : (
              <ActionButton variant="default" onClick={props.onChooseAnother}>
                {another}
              </ActionButton>
            )}
          </ProblemNote>
        )}
        {refused && refusal !== null && (
          <ProblemNote problem={mismatch ? { title: '', detail: refusal.detail } : refusal}>
            {otherToken !== null && <p>Winesap holds a token of that location at {placeOf(otherToken)}.</p>}
          </ProblemNote>
        )}
        <IdentityTable rows={preview.rows} />
        {preview.dryRun !== null && <DryRun dryRun={preview.dryRun} />}
        {preview.dryRun === null && preview.dryRunMissing !== null && !refused && (
          <p className="quiet">{preview.dryRunMissing}</p>
        )}
        {verdict === 'needs-consent' && refusal !== null && (
          <div className={classes.note} data-tone="soon">
            <SeverityMark severity="soon" size={18} />
            <div className={classes.words}>
              <p className={classes.title}>{refusal.title}</p>
              <p>{refusal.detail}</p>
              <Checkbox
                mt={10}
                label="Use the older file all the same"
                checked={props.acceptOlder}
                onChange={(event) => props.onAcceptOlder(event.currentTarget.checked)}
              />
            </div>
          </div>
        )}
        {!refused && <p>{preview.promise}</p>}
      </div>
    </Window>
  );
}
