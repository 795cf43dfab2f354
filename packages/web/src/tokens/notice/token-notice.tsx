import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ContentToken, type PolicyDetail, routes } from '@winesap/api';
import { type ReactNode, useState } from 'react';
import { query } from '../../data/query.ts';
import { type Choice, takeFile } from '../../parts/files/token-file.ts';
import { useFileDrop } from '../../parts/files/use-file-drop.ts';
import { showToast } from '../../parts/notes/toasts.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { RenewalWindow } from '../renewal/renewal-window.tsx';
import type { TokenWindow } from '../token/token-window.ts';
import { HealthWords } from './health-words.tsx';
import { type NoticePart, noticeOf } from './notice.ts';
import { NoticeRow } from './notice-row.tsx';
import { ScanNow } from './scan-now.tsx';
import { ScanProgress } from './scan-progress.tsx';
import { DoubtfulWords, FailedWords, SyncedWords } from './scan-words.tsx';
import classes from './token-notice.module.css';
import { WaitingFile } from './waiting-file.tsx';

interface Props {
  policy: PolicyDetail;
  token: ContentToken;
}

/**
 * The one box above everything that is shown of a token: what is the matter, the most urgent first, what follows, what to do,
 * and how far a scan is. A fresh token file can be dropped on it.
 */
export function TokenNotice({ policy, token }: Props) {
  const { may } = policy;
  const navigate = useNavigate();
  const { data: uploads } = useQuery({
    ...query(routes.listUploads, { params: { tokenId: token.tokenId } }),
    enabled: may.renew.allowed,
  });
  const [dropped, setDropped] = useState<Choice | null>(null);
  const { over, handlers } = useFileDrop(([first, ...more]) => {
    if (first === undefined) return;
    if (more.length > 0) showToast('Drop one file here. Many files at once go on the overview.');
    else setDropped(takeFile(first));
  });
  const open = (window: TokenWindow) =>
    void navigate({
      to: '/policies/$policyId/settings/apple-apps',
      params: { policyId: policy.id },
      search: { window },
      resetScroll: false,
    });
  const { severity, parts, scan } = noticeOf(token, uploads?.waiting ?? []);
  const scanNow = <ScanNow token={token} why={may.scan.reason} />;

  return (
    <>
      <section
        className={classes.box}
        data-severity={severity}
        data-over={over || undefined}
        aria-label={severity === 'ok' ? 'Token status' : `Token problem: ${token.health.label}`}
        {...(may.renew.allowed ? handlers : {})}
      >
        <div className={classes.rows} aria-live="polite">
          {parts.map((part, index) => (
            <Part key={keyOf(part)} part={part} policy={policy} token={token} onOpen={open}>
              {index === 0 && scan === null && scanNow}
            </Part>
          ))}
        </div>
        {scan !== null && (
          <div className={classes.scan}>
            <ScanProgress scan={scan} />
            {scanNow}
          </div>
        )}
        {over && <p className={classes.letGo}>Drop the file to renew {token.identity.locationName ?? 'this token'}</p>}
      </section>
      {dropped !== null && (
        <RenewalWindow
          tokenId={token.tokenId}
          dropped={dropped}
          onClose={() => setDropped(null)}
          {...(may.remove.allowed ? { onRemove: () => open('remove') } : {})}
        />
      )}
    </>
  );
}

const keyOf = (part: NoticePart) => (part.kind === 'file-waits' ? part.upload.id : `${part.kind} ${part.severity}`);

interface PartProps extends Props {
  part: NoticePart;
  onOpen: (window: TokenWindow) => void;
  /** What can be done besides. */
  children: ReactNode;
}

function Part({ part, policy: { may }, token, onOpen, children }: PartProps) {
  const { severity } = part;
  switch (part.kind) {
    case 'file-waits':
      return (
        <WaitingFile token={token} upload={part.upload}>
          {children}
        </WaitingFile>
      );
    case 'health': {
      const { kind } = part.fact.nextStep;
      const step =
        kind === 'renew'
          ? ({ word: 'Renew', window: 'renew', why: may.renew.reason } as const)
          : kind === 'decide-claim'
            ? ({ word: 'Decide', window: 'claim', why: may.changeMode.reason } as const)
            : null;
      return (
        <NoticeRow
          severity={severity}
          title={part.fact.title}
          actions={
            <>
              {step !== null && (
                <ActionButton why={step.why} aria-haspopup="dialog" onClick={() => onOpen(step.window)}>
                  {step.word}
                </ActionButton>
              )}
              {children}
            </>
          }
        >
          <HealthWords token={token} fact={part.fact} />
        </NoticeRow>
      );
    }
    case 'scan-failed':
      return (
        <NoticeRow severity={severity} title="The last scan stopped." actions={children}>
          <FailedWords token={token} scan={part.scan} />
        </NoticeRow>
      );
    case 'scan-doubtful':
      return (
        <NoticeRow severity={severity} title="The last scan is doubtful." actions={children}>
          <DoubtfulWords scan={part.scan} />
        </NoticeRow>
      );
    case 'synced':
      return (
        <NoticeRow severity={severity} actions={children}>
          <SyncedWords token={token} />
        </NoticeRow>
      );
  }
}
