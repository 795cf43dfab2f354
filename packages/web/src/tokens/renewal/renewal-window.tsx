import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ContentToken, type Problem, type RenewalPreview, routes } from '@winesap/api';
import { placeOf } from '@winesap/api/words';
import { useEffect, useRef, useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { query } from '../../data/query.ts';
import type { Choice, ChosenFile } from '../../parts/files/token-file.ts';
import { showToast } from '../../parts/notes/toasts.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { Window } from '../../windows/window.tsx';
import { showToken } from '../token/show-token.ts';
import { ConfirmStep } from './confirm-step.tsx';
import { FileStep } from './file-step.tsx';

interface Props {
  tokenId: string;
  /** What was dropped before the window opened: the preview of a file is read at once. */
  dropped?: Choice;
  onClose: () => void;
  onRenewed?: (token: ContentToken) => void;
  /** On a mismatch, the way to the window that removes the token. */
  onRemove?: () => void;
}

type Refusal = Pick<Problem, 'title' | 'detail' | 'code'>;

/** Renew: the file, then “Is this the right token?”. Nothing is stored before the second window's Save. */
export function RenewalWindow({ tokenId, dropped, onClose, onRenewed, onRemove }: Props) {
  const client = useQueryClient();
  const { data: token } = useQuery(query(routes.getToken, { params: { tokenId } }));
  const [file, setFile] = useState<ChosenFile | null>(dropped?.file ?? null);
  // An answer about a file that is no longer the chosen one says nothing.
  const wanted = useRef(file);
  const [refusal, setRefusal] = useState<Refusal | null>(dropped?.problem ?? null);
  const [preview, setPreview] = useState<RenewalPreview | null>(null);
  const [acceptOlder, setAcceptOlder] = useState(false);

  const read = useMutation({
    mutationFn: async (chosen: ChosenFile) =>
      api.call(routes.previewRenewal, {
        params: { tokenId },
        query: { fileName: chosen.name },
        body: await chosen.content,
      }),
    onSuccess: (fresh, chosen) => {
      if (wanted.current !== chosen) return;
      setPreview(fresh);
      setAcceptOlder(false);
      setRefusal(null);
    },
    onError: (error, chosen) => {
      if (wanted.current === chosen) setRefusal(problemOf(error));
    },
  });

  const renew = useMutation({
    mutationFn: async ({ chosen, shown }: { chosen: ChosenFile; shown: RenewalPreview }) =>
      api.call(routes.renewToken, {
        params: { tokenId },
        query: {
          fileName: chosen.name,
          fingerprint: shown.file.fingerprint,
          tokenVersion: shown.tokenVersion,
          ...(acceptOlder ? { acceptOlder: 'true' as const } : {}),
        },
        body: await chosen.content,
      }),
    onSuccess: (saved) => {
      showToken(client, saved.token);
      showToast(saved.text);
      onRenewed?.(saved.token);
      onClose();
    },
  });

  const choose = (chosen: ChosenFile | null, problem: Refusal | null) => {
    wanted.current = chosen;
    setFile(chosen);
    setRefusal(problem);
  };

  const readDropped = useRef(dropped !== undefined);
  useEffect(() => {
    if (!readDropped.current || file === null) return;
    readDropped.current = false;
    read.mutate(file);
  }, [file, read.mutate]);

  const saveProblem: Refusal | null = renew.isError ? problemOf(renew.error) : null;
  const again = () => {
    // What was refused stays refused until there is something fresh to look at.
    if (file !== null) read.mutate(file, { onSuccess: () => renew.reset() });
  };
  const chooseAnother = () => {
    renew.reset();
    setPreview(null);
    choose(null, null);
  };

  if (preview === null || file === null)
    return (
      <Window
        title={token === undefined ? 'Renew token' : `Renew ${token.identity.locationName ?? 'token'}`}
        subtitle={token === undefined ? undefined : placeOf(token)}
        onClose={onClose}
        actions={
          <>
            <ActionButton variant="default" onClick={onClose}>
              Cancel
            </ActionButton>
            <ActionButton
              why={file === null ? 'Choose the .vpptoken file first.' : null}
              busy={read.isPending && read.variables === file}
              onClick={() => file !== null && read.mutate(file)}
            >
              Save
            </ActionButton>
          </>
        }
      >
        <FileStep
          kind={token?.identity.kind ?? null}
          locationName={token?.identity.locationName ?? null}
          appleId={token?.identity.appleId ?? null}
          file={file}
          problem={refusal}
          onChoice={choose}
        />
      </Window>
    );

  return (
    <ConfirmStep
      preview={preview}
      fileName={file.name}
      acceptOlder={acceptOlder}
      onAcceptOlder={setAcceptOlder}
      saving={renew.isPending}
      reading={read.isPending}
      problem={refusal ?? saveProblem}
      onSave={() => renew.mutate({ chosen: file, shown: preview })}
      onPreviewAgain={again}
      onChooseAnother={chooseAnother}
      onClose={onClose}
      {...(onRemove === undefined ? {} : { onRemove })}
    />
  );
}
