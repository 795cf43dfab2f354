import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ContentToken, routes, type UploadWaiting } from '@winesap/api';
import { type ReactNode, useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import { showToast } from '../../parts/notes/toasts.tsx';
import { Ago } from '../../parts/time.tsx';
import { ConfirmWindow } from '../../policies/confirm-window.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { UploadWindow } from '../uploads/upload-window.tsx';
import { NoticeRow } from './notice-row.tsx';

interface Props {
  token: ContentToken;
  upload: UploadWaiting;
  /** What can be done besides. */
  children: ReactNode;
}

/** A file that came through an upload link and waits for somebody to look at it. */
export function WaitingFile({ token, upload, children }: Props) {
  const client = useQueryClient();
  const [open, setOpen] = useState<'look' | 'decline' | null>(null);
  const close = () => setOpen(null);

  const decline = useMutation({
    mutationFn: () => api.call(routes.declineUpload, { params: { uploadId: upload.id } }),
    onSuccess: async () => {
      showToast('The file is declined and forgotten.');
      close();
      await invalidate(client, readsOf(routes.listUploads, { params: { tokenId: token.tokenId } }));
    },
  });

  return (
    <>
      <NoticeRow
        severity="soon"
        title="A fresh file is waiting for you."
        actions={
          <>
            <ActionButton aria-haspopup="dialog" onClick={() => setOpen('look')}>
              Look at it
            </ActionButton>
            <ActionButton variant="default" aria-haspopup="dialog" onClick={() => setOpen('decline')}>
              Decline…
            </ActionButton>
            {children}
          </>
        }
      >
        <p>
          {upload.fileName ?? 'A file'} came through an upload link <Ago at={upload.uploadedAt} />. Look at what it
          opens before it takes the place of the stored one.
        </p>
      </NoticeRow>
      {open === 'look' && (
        <UploadWindow token={token} upload={upload} onDecline={() => setOpen('decline')} onClose={close} />
      )}
      {open === 'decline' && (
        <ConfirmWindow
          title="Decline this file?"
          button="Decline"
          problem={decline.isError ? problemOf(decline.error) : null}
          busy={decline.isPending}
          onConfirm={() => decline.mutate()}
          onClose={() => {
            decline.reset();
            close();
          }}
        >
          <p>The stored token stays as it is, and so do all licenses.</p>
          <p>
            {upload.fileName ?? 'The file'} is forgotten. Its link is used up; send a new one if another file is to
            come.
          </p>
        </ConfirmWindow>
      )}
    </>
  );
}
