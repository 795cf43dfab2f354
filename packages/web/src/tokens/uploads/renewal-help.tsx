import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ContentToken, type Permission, routes, type UploadLink } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { query } from '../../data/query.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import { fullTime, shortDate } from '../../data/times.ts';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { showToast } from '../../parts/notes/toasts.tsx';
import { Ago } from '../../parts/time.tsx';
import { ConfirmWindow } from '../../policies/confirm-window.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { PortalSteps } from '../renewal/portal-steps.tsx';
import { AddLinkWindow } from './add-link-window.tsx';
import classes from './renewal-help.module.css';

/** How this token is renewed: the way to the file, and a link for the customer who alone can download it. */
export function RenewalHelp({ token, may }: { token: ContentToken; may: Permission }) {
  const client = useQueryClient();
  const { data, error } = useQuery({
    ...query(routes.listUploads, { params: { tokenId: token.tokenId } }),
    enabled: may.allowed,
  });
  const [adding, setAdding] = useState(false);
  const [revoking, setRevoking] = useState<UploadLink | null>(null);
  const { identity, tokenId } = token;
  const revoke = useMutation({
    mutationFn: (link: UploadLink) => api.call(routes.revokeUploadLink, { params: { tokenId, linkId: link.id } }),
    onSuccess: async () => {
      showToast('The link is revoked.');
      setRevoking(null);
      await invalidate(client, readsOf(routes.listUploads, { params: { tokenId } }));
    },
  });

  return (
    <section className={`card ${classes.help}`} aria-label="Renewal help">
      <h2>Renewal help</h2>
      <div className={classes.columns}>
        <PortalSteps kind={identity.kind} locationName={identity.locationName} appleId={identity.appleId} />
        <div>
          <h3>Let the customer send it</h3>
          <p className={classes.lead}>
            If only the customer can download the file, send them a link. Its page names{' '}
            {identity.locationName ?? 'the location'}, accepts one file, and shows nothing else.
          </p>
          <ActionButton variant="default" why={may.reason} aria-haspopup="dialog" onClick={() => setAdding(true)}>
            Send a link to the customer
          </ActionButton>
          {error !== null && <ProblemNote problem={problemOf(error)} />}
          {data !== undefined && data.links.length > 0 && (
            <ul className={classes.links} aria-label="Upload links">
              {data.links.map((link) => (
                <li key={link.id} data-state={link.state}>
                  <span>
                    <b>{STATE_WORD[link.state]}</b>{' '}
                    <span className="quiet">
                      made <Ago at={link.createdAt} /> by {link.createdBy}
                      {link.state === 'open' && (
                        <>
                          , until{' '}
                          <time dateTime={link.expiresAt} title={fullTime(link.expiresAt)}>
                            {shortDate(link.expiresAt)}
                          </time>
                        </>
                      )}
                      {link.autoConfirm && ', renews at once'}
                    </span>
                  </span>
                  {link.state === 'open' && (
                    <ActionButton
                      variant="subtle"
                      size="compact-sm"
                      aria-haspopup="dialog"
                      aria-label={`Revoke the link of ${shortDate(link.createdAt)}`}
                      onClick={() => setRevoking(link)}
                    >
                      Revoke…
                    </ActionButton>
                  )}
                </li>
              ))}
            </ul>
          )}
        </div>
      </div>
      {adding && <AddLinkWindow token={token} onClose={() => setAdding(false)} />}
      {revoking !== null && (
        <ConfirmWindow
          title="Revoke this link?"
          button="Revoke"
          problem={revoke.isError ? problemOf(revoke.error) : null}
          busy={revoke.isPending}
          onConfirm={() => revoke.mutate(revoking)}
          onClose={() => {
            revoke.reset();
            setRevoking(null);
          }}
        >
          <p>A file already sent through it is not affected.</p>
          <p>Anyone who opens the link sees that it doesn’t work.</p>
        </ConfirmWindow>
      )}
    </section>
  );
}

const STATE_WORD: Record<UploadLink['state'], string> = {
  open: 'Waits for a file',
  used: 'Used',
  expired: 'Expired',
  revoked: 'Revoked',
};
