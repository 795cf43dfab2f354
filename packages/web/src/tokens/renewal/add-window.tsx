import { Checkbox } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type Inspection, type Mode, type Problem, routes } from '@winesap/api';
import { placeOf } from '@winesap/api/words';
import { useRef, useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import type { ChosenFile } from '../../parts/files/token-file.ts';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { showToast } from '../../parts/notes/toasts.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { Window } from '../../windows/window.tsx';
import { ClaimHolder } from '../token/claim-holder.tsx';
import { ModeChoice } from '../token/claim-window.tsx';
import { FileStep } from './file-step.tsx';
import { IdentityList } from './identity-list.tsx';

interface Props {
  policy: { id: string; name: string; organizationId: string; organizationName: string };
  onClose: () => void;
}

/** Add Token: the file, then who it opens and whether Winesap watches or manages it. */
export function AddWindow({ policy, onClose }: Props) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [file, setFile] = useState<ChosenFile | null>(null);
  // An answer about a file that is no longer the chosen one says nothing.
  const wanted = useRef(file);
  const [refusal, setRefusal] = useState<Pick<Problem, 'title' | 'detail'> | null>(null);
  const [inspection, setInspection] = useState<Inspection | null>(null);
  const [mode, setMode] = useState<Mode>('watch');
  const [consent, setConsent] = useState(false);

  const inspect = useMutation({
    mutationFn: async (chosen: ChosenFile) =>
      api.call(routes.inspectTokenFile, { query: { fileName: chosen.name }, body: await chosen.content }),
    onSuccess: (seen, chosen) => {
      if (wanted.current !== chosen) return;
      setInspection(seen);
      setMode(seen.identity.claim.state === 'ours' ? 'manage' : 'watch');
      setConsent(false);
      setRefusal(null);
    },
    onError: (error, chosen) => {
      if (wanted.current === chosen) setRefusal(problemOf(error));
    },
  });

  const choose = (chosen: ChosenFile | null, problem: Pick<Problem, 'title' | 'detail'> | null) => {
    wanted.current = chosen;
    setFile(chosen);
    setRefusal(problem);
  };

  const claim = inspection?.identity.claim;
  const takesOver = claim?.state === 'foreign' && mode === 'manage';

  const add = useMutation({
    mutationFn: async ({ chosen, seen }: { chosen: ChosenFile; seen: Inspection }) =>
      api.call(routes.addToken, {
        params: { policyId: policy.id },
        query: {
          fileName: chosen.name,
          fingerprint: seen.file.fingerprint,
          mode,
          ...(takesOver && claim.id !== null ? { takeOverFrom: claim.id } : {}),
        },
        body: await chosen.content,
      }),
    onSuccess: async (saved) => {
      showToast(saved.text);
      onClose();
      await invalidate(
        client,
        routes.getPolicy,
        readsOf(routes.listPolicies, { params: { organizationId: policy.organizationId } }),
        routes.listTokens,
        routes.listOrganizations,
      );
    },
  });

  const where = placeOf({ organizationName: policy.organizationName, policyName: policy.name });
  const cancel = (
    <ActionButton variant="default" onClick={onClose}>
      Cancel
    </ActionButton>
  );

  if (inspection === null || file === null || claim === undefined)
    return (
      <Window
        title="Add Token"
        subtitle={where}
        onClose={onClose}
        actions={
          <>
            {cancel}
            <ActionButton
              why={file === null ? 'Choose the .vpptoken file first.' : null}
              busy={inspect.isPending && inspect.variables === file}
              onClick={() => file !== null && inspect.mutate(file)}
            >
              Save
            </ActionButton>
          </>
        }
      >
        <FileStep kind={null} locationName={null} appleId={null} file={file} problem={refusal} onChoice={choose} />
      </Window>
    );

  const { heldBy, identity } = inspection;
  const chooseAnother = () => {
    add.reset();
    setInspection(null);
    choose(null, null);
  };
  return (
    <Window
      title="Is this the right token?"
      subtitle={`${file.name} for ${where}`}
      onClose={onClose}
      busy={add.isPending}
      actions={
        <>
          {cancel}
          {heldBy !== null ? (
            <ActionButton
              onClick={() => {
                onClose();
                void navigate({
                  to: '/policies/$policyId/settings/apple-apps',
                  params: { policyId: heldBy.policyId },
                  search: { window: 'renew' },
                });
              }}
            >
              Renew it there
            </ActionButton>
          ) : (
            <ActionButton
              why={takesOver && !consent ? `Confirm first that ${claim.words} is to lose this location.` : null}
              busy={add.isPending}
              onClick={() => add.mutate({ chosen: file, seen: inspection })}
            >
              Save
            </ActionButton>
          )}
        </>
      }
    >
      <div className="stack">
        {heldBy !== null && (
          <ProblemNote
            problem={{
              title: 'Winesap already holds a token of this location.',
              detail: `It belongs to ${placeOf(heldBy)}. Renew that one with this file.`,
            }}
          />
        )}
        {add.isError && (
          <ProblemNote problem={refusal ?? problemOf(add.error)}>
            <ActionButton
              variant="default"
              busy={inspect.isPending}
              onClick={() => inspect.mutate(file, { onSuccess: () => add.reset() })}
            >
              Look again
            </ActionButton>
            <ActionButton variant="default" onClick={chooseAnother}>
              Choose another file
            </ActionButton>
          </ProblemNote>
        )}
        <IdentityList identity={identity} />
        {heldBy === null && (
          <>
            <ClaimHolder claim={claim} />
            <ModeChoice mode={mode} onMode={setMode} foreignName={claim.state === 'foreign' ? claim.words : null} />
            {takesOver && (
              <Checkbox
                label={`Take this location over from ${claim.words}`}
                description={`${claim.words} stops receiving Apple’s notifications and will show an error. No license changes by this.`}
                checked={consent}
                onChange={(event) => setConsent(event.currentTarget.checked)}
              />
            )}
            <p className="quiet">Adding a token changes no assignment and removes no app from any device.</p>
          </>
        )}
      </div>
    </Window>
  );
}
