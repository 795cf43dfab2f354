import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type AssetDetail, type Holder, routes } from '@winesap/api';
import { count } from '@winesap/api/words';
import { useState } from 'react';
import { api, problemOf } from '../../data/api.ts';
import type { AssetKey } from '../../data/queries.ts';
import { invalidate, readsOf } from '../../data/reads.ts';
import { Effects } from '../../parts/notes/effects.tsx';
import { showToast } from '../../parts/notes/toasts.tsx';
import { FormWindow } from '../../windows/form-window.tsx';
import { assetName } from '../assets/asset-words.ts';

interface Props {
  assetKey: AssetKey;
  detail: AssetDetail;
  holder: Holder;
  onClose: () => void;
}

/** Release: what it will not do, what it will do, and the holder typed before one license is taken back. */
export function ReleaseWindow({ assetKey, detail, holder: { kind, holder }, onClose }: Props) {
  const client = useQueryClient();
  const [typed, setTyped] = useState('');
  const name = assetName(detail.asset);
  const right = typed.trim().toLowerCase() === holder.toLowerCase();

  const release = useMutation({
    mutationFn: () => api.call(routes.requestRelease, { params: assetKey, body: { kind, holder, confirm: holder } }),
    onSuccess: async () => {
      showToast(`Releasing ${name} from ${holder}. It is followed to its end here.`);
      onClose();
      await invalidate(client, readsOf(routes.listReleases, { params: { uId: assetKey.uId } }));
    },
  });

  return (
    <FormWindow
      title={`Release ${name}?`}
      subtitle={`held by ${kind === 'device' ? 'the device' : 'the user'} ${holder} · ${detail.location.locationName}`}
      button="Release"
      why={right ? null : `Type ${holder} first.`}
      busy={release.isPending}
      problem={release.isError ? problemOf(release.error) : null}
      onSave={() => release.mutate()}
      onClose={onClose}
    >
      <Effects willNot={willNot(kind)} will={will(detail, name, holder)} />
      <TextInput
        label={
          <>
            Type <b>{holder}</b> to confirm
          </>
        }
        aria-label={`Type ${holder} to confirm`}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </FormWindow>
  );
}

function willNot(kind: Holder['kind']): string[] {
  return [
    'take back any other license, of this holder or of this asset.',
    `remove the app from ${kind === 'device' ? 'the device' : 'a device'}: only the MDM server does that.`,
    'come back by itself: who wants it again needs a new assignment.',
  ];
}

function will({ asset }: AssetDetail, name: string, holder: string): string[] {
  const { available } = asset;
  return [
    `ask Apple to take back the license of ${name} from ${holder}.`,
    // Fact sheet §8: unassigned but installed (documented since 2026-07-08).
    'let an installed copy go on for up to 30 days; after that it no longer opens.',
    ...(asset.unlimited || available === null
      ? []
      : [`make ${count(available + 1)} licenses available, from ${count(available)} now.`]),
    'say in the events who released it and what Apple answered.',
  ];
}
