import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ContentToken, type RenewalPreview, routes, type UploadWaiting } from '@winesap/api';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { query } from '../../data/query.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { showToast } from '../../parts/notes/toasts.tsx';
import { Ago } from '../../parts/time.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { Window } from '../../windows/window.tsx';
import { ConfirmStep } from '../renewal/confirm-step.tsx';
import { showToken } from '../token/show-token.ts';

interface Props {
  token: ContentToken;
  upload: UploadWaiting;
  onDecline: () => void;
  onClose: () => void;
}

/** The two windows of a renewal for a file that a customer sent: Apple is asked at once, then old and new side by side. */
export function UploadWindow({ token, upload, onDecline, onClose }: Props) {
  const client = useQueryClient();
  const [acceptOlder, setAcceptOlder] = useState(false);
  const uploadId = upload.id;
  const preview = useQuery({
    ...query(routes.previewUpload, { params: { uploadId } }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
  });
  const confirm = useMutation({
    mutationFn: (shown: RenewalPreview) =>
      api.call(routes.confirmUpload, {
        params: { uploadId },
        query: { tokenVersion: shown.tokenVersion, ...(acceptOlder ? { acceptOlder: 'true' as const } : {}) },
      }),
    onSuccess: async (saved) => {
      showToken(client, saved.token);
      showToast(saved.text);
      onClose();
      await invalidate(client, readsOf(routes.listUploads, { params: { tokenId: token.tokenId } }));
    },
  });

  if (preview.data === undefined)
    return (
      <Window
        title={`Renew ${token.identity.locationName ?? 'token'}`}
        subtitle={upload.fileName ?? undefined}
        onClose={onClose}
        actions={
          <>
            <ActionButton variant="danger-quiet" onClick={onDecline}>
              Decline…
            </ActionButton>
            <ActionButton variant="default" onClick={onClose}>
              Cancel
            </ActionButton>
          </>
        }
      >
        <div className="stack">
          <p>
            This file came through an upload link <Ago at={upload.uploadedAt} />.
          </p>
          {preview.isError ? (
            <ProblemNote problem={problemOf(preview.error)}>
              <ActionButton variant="default" busy={preview.isFetching} onClick={() => void preview.refetch()}>
                Look again
              </ActionButton>
            </ProblemNote>
          ) : (
            <p role="status" className="quiet">
              Asking Apple what it opens…
            </p>
          )}
        </div>
      </Window>
    );

  return (
    <ConfirmStep
      preview={preview.data}
      fileName={upload.fileName ?? 'The uploaded file'}
      acceptOlder={acceptOlder}
      onAcceptOlder={setAcceptOlder}
      saving={confirm.isPending}
      reading={preview.isFetching}
      problem={confirm.isError ? problemOf(confirm.error) : preview.isError ? problemOf(preview.error) : null}
      onSave={() => confirm.mutate(preview.data)}
      onPreviewAgain={() => void preview.refetch().then((fresh) => fresh.isSuccess && confirm.reset())}
      another="Decline…"
      onChooseAnother={onDecline}
      onClose={onClose}
    />
  );
}
