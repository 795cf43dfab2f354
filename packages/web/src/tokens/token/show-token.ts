import type { QueryClient } from '@tanstack/react-query';
import { type ContentToken, type PolicyDetail, routes } from '@winesap/api';
import { query } from '../../data/query.ts';
import { invalidate, readsOf } from '../../data/reads.ts';

/** A token as an answer just brought it: shown at once wherever it stands; what depends on it is read again. */
export function showToken(client: QueryClient, token: ContentToken): void {
  client.setQueryData(query(routes.getToken, { params: { tokenId: token.tokenId } }).queryKey, token);
  client.setQueriesData<PolicyDetail>(readsOf(routes.getPolicy), (policy) =>
    policy?.token?.tokenId === token.tokenId ? { ...policy, token } : policy,
  );
  void invalidate(client, routes.getPolicy);
  void invalidate(client, readsOf(routes.listPolicies, { params: { organizationId: token.organizationId } }));
  void invalidate(client, routes.listTokens);
}
