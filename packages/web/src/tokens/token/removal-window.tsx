import { Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ContentToken, type RemovalPreview, routes } from '@winesap/api';
import { placeOf, plural } from '@winesap/api/words';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { removalQuery } from '../../data/queries.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import { Effects } from '../../parts/notes/effects.tsx';
import { ProblemNote } from '../../parts/notes/problem-note.tsx';
import { showToast } from '../../parts/notes/toasts.tsx';
import { Ago } from '../../parts/time.tsx';
import { ActionButton } from '../../windows/action-button.tsx';
import { Window } from '../../windows/window.tsx';

/** Remove Token: what it will not do, what it will do, and the location's name typed before it is done. */
export function RemovalWindow({ token, onClose }: { token: ContentToken; onClose: () => void }) {
  const client = useQueryClient();
  const { data: preview, error } = useQuery(removalQuery(token.tokenId));
  const [typed, setTyped] = useState('');
  const [release, setRelease] = useState(false);

  const remove = useMutation({
    mutationFn: () =>
      api.call(routes.removeToken, {
        params: { tokenId: token.tokenId },
        body: { locationName: typed.trim(), releaseClaim: release },
      }),
    onSuccess: async (result) => {
      showToast(result.text);
      onClose();
      client.removeQueries(readsOf(routes.getToken, { params: { tokenId: token.tokenId } }));
      await invalidate(
        client,
        routes.getPolicy,
        readsOf(routes.listPolicies, { params: { organizationId: token.organizationId } }),
        routes.listTokens,
        routes.listOrganizations,
      );
    },
  });

  const name = preview?.locationName ?? token.identity.locationName ?? '';
  const why =
    preview === undefined ? 'Reading what it would do…' : typed.trim() === name ? null : `Type ${name} first.`;

  return (
    <Window
      title="Remove Token"
      subtitle={`${name} · ${placeOf(token)}`}
      onClose={onClose}
      busy={remove.isPending}
      actions={
        <>
          <ActionButton variant="default" onClick={onClose}>
            Cancel
          </ActionButton>
          <ActionButton variant="danger" why={why} busy={remove.isPending} onClick={() => remove.mutate()}>
            Remove Token
          </ActionButton>
        </>
      }
    >
      {error !== null && <ProblemNote problem={problemOf(error)} />}
      {preview !== undefined && (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (why === null && !remove.isPending) remove.mutate();
          }}
        >
          <Consequences preview={preview} />
          {preview.canReleaseClaim && (
            <Checkbox
              label="Release our claim at Apple"
              description="Apple then shows nobody as the manager of this location, so another server can claim it without taking it over."
              checked={release}
              onChange={(event) => setRelease(event.currentTarget.checked)}
            />
          )}
          <TextInput
            label={
              <>
                Type <b>{name}</b> to confirm
              </>
            }
            aria-label={`Type ${name} to confirm`}
            value={typed}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          {remove.isError && <ProblemNote problem={problemOf(remove.error)} />}
        </form>
      )}
    </Window>
  );
}

function Consequences({ preview }: { preview: RemovalPreview }) {
  return (
    <>
      <p className="quiet">
        {plural(preview.assets, 'asset')} · {plural(preview.assignments, 'assigned license')}
        {preview.readAt !== null && (
          <>
            , read <Ago at={preview.readAt} />
          </>
        )}
      </p>
      <Effects willNot={preview.willNot} will={preview.will} />
    </>
  );
}
