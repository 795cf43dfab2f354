import { useQueryClient } from '@tanstack/react-query';
import { routes } from '@winesap/api';
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { api, problemOf } from '../../data/api.ts';
import { invalidate } from '../../data/reads.ts';
import { type BulkRenewal, type BulkState, createBulkRenewal } from './bulk-renewal.ts';

/** Whose files these are. They stay when the screen is left, and go when somebody else signs in. */
let current: { personId: string; bulk: BulkRenewal } | null = null;

function bulkOf(personId: string): BulkRenewal {
  if (current?.personId !== personId) current = { personId, bulk: createBulkRenewal(CALLS) };
  return current.bulk;
}

/** Signing out forgets the files. */
export function forgetBulkFiles(): void {
  current = null;
}

const CALLS: Parameters<typeof createBulkRenewal>[0] = {
  problemOf,
  inspect: (fileName, body) => api.call(routes.inspectTokenFile, { query: { fileName }, body }),
  preview: (tokenId, fileName, body) =>
    api.call(routes.previewRenewal, { params: { tokenId }, query: { fileName }, body }),
  renew: ({ tokenId, tokenVersion, file }, fileName, body, acceptOlder) =>
    api.call(routes.renewToken, {
      params: { tokenId },
      query: {
        fileName,
        fingerprint: file.fingerprint,
        tokenVersion,
        ...(acceptOlder ? { acceptOlder: 'true' as const } : {}),
      },
      body,
    }),
};

/** The many files of this person, on this page of the browser. */
export function useBulkRenewal(personId: string): { bulk: BulkRenewal; state: BulkState } {
  const client = useQueryClient();
  const bulk = useMemo(() => bulkOf(personId), [personId]);
  const state = useSyncExternalStore(bulk.onChange, bulk.state);

  const signedOut = state.halted?.status === 401;
  useEffect(() => {
    // Whatever is read next leads to the sign-in, and from there back to these files.
    if (signedOut) void invalidate(client, routes.listTokens);
  }, [signedOut, client]);

  const renewing = state.busy === 'renewing';
  useEffect(() => {
    if (!renewing) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [renewing]);

  return { bulk, state };
}
