import type { QueryClient } from '@tanstack/react-query';
import { type ContentToken, type PolicyDetail, type PolicyNode, type ResponseOf, routes } from '@winesap/api';
import { query } from '../../data/query.ts';
import { invalidate, readsOf } from '../../data/reads.ts';

type PolicyList = ResponseOf<typeof routes.listPolicies>;

/** A token as an answer just brought it: shown at once wherever it is shown; what depends on it is read again. */
export function showToken(client: QueryClient, token: ContentToken): void {
  client.setQueryData(query(routes.getToken, { params: { tokenId: token.tokenId } }).queryKey, token);
  client.setQueriesData<PolicyDetail>(readsOf(routes.getPolicy), (policy) =>
    policy?.token?.tokenId === token.tokenId ? { ...policy, token } : policy,
  );
  // The tree and the page beside it say the same at the same moment.
  client.setQueriesData<PolicyList>(readsOf(routes.listPolicies), (list) =>
    list === undefined ? undefined : { ...list, policies: list.policies.map((each) => withHealth(each, token)) },
  );
  void invalidate(client, routes.getPolicy);
  void invalidate(client, readsOf(routes.listPolicies, { params: { organizationId: token.organizationId } }));
  void invalidate(client, routes.listTokens);
}

function withHealth(policy: PolicyNode, { tokenId, health: { severity, label } }: ContentToken): PolicyNode {
  return policy.token?.tokenId === tokenId ? { ...policy, token: { ...policy.token, severity, label } } : policy;
}
