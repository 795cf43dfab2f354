import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ContentToken, routes, type UploadWaiting } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { query } from '../../data/query.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import classes from '../../parts/notes/note.module.css';
import { tell } from '../../parts/notes/told.tsx';
import { SeverityMark } from '../../parts/severity-mark.tsx';
import { Ago } from '../../parts/time.tsx';
import { ConfirmWindow } from '../../policies/confirm-window.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { UploadWindow } from './upload-window.tsx';

/** Files that came through upload links and wait for somebody to look at them. Nothing when none does. */
export function WaitingFiles({ token }: { token: ContentToken }) {
  const client = useQueryClient();
  const { data } = useQuery(query(routes.listUploads, { params: { tokenId: token.tokenId } }));
  const [open, setOpen] = useState<{ what: 'look' | 'decline'; upload: UploadWaiting } | null>(null);
  const close = () => setOpen(null);

  const decline = useMutation({
    mutationFn: (upload: UploadWaiting) => api.call(routes.declineUpload, { params: { uploadId: upload.id } }),
    onSuccess: async () => {
      tell('The file is declined and forgotten.');
      close();
      await invalidate(client, readsOf(routes.listUploads, { params: { tokenId: token.tokenId } }));
    },
  });

  return (
    <>
      {data?.waiting.map((upload) => (
        <section key={upload.id} className={classes.note} data-tone="soon" aria-label="A fresh file waits">
          <SeverityMark severity="soon" size={18} />
          <div className={classes.words}>
            <p className={classes.title}>A fresh file waits to be confirmed.</p>
            <p>
              {upload.fileName ?? 'A file'} came through an upload link <Ago at={upload.uploadedAt} />. Look at what it
              opens before it takes the place of the stored one.
            </p>
            <div className={classes.actions}>
              <ActionButton aria-haspopup="dialog" onClick={() => setOpen({ what: 'look', upload })}>
                Look at it
              </ActionButton>
              <ActionButton
                variant="default"
                aria-haspopup="dialog"
                onClick={() => setOpen({ what: 'decline', upload })}
              >
                Decline…
              </ActionButton>
            </div>
          </div>
        </section>
      ))}
      {open?.what === 'look' && (
        <UploadWindow
          token={token}
          upload={open.upload}
          onDecline={() => setOpen({ ...open, what: 'decline' })}
          onClose={close}
        />
      )}
      {open?.what === 'decline' && (
        <ConfirmWindow
          title="Decline this file?"
          button="Decline"
          problem={decline.isError ? problemOf(decline.error) : null}
          busy={decline.isPending}
          onConfirm={() => decline.mutate(open.upload)}
          onClose={() => {
            decline.reset();
            close();
          }}
        >
          <p>The stored token stays as it is, and so do all licenses.</p>
          <p>
            {open.upload.fileName ?? 'The file'} is forgotten. Its link is used up; send a new one if another file is to
            come.
          </p>
        </ConfirmWindow>
      )}
    </>
  );
}
