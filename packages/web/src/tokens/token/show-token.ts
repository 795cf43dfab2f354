import type { QueryClient } from '@tanstack/react-query';
import type { ContentToken, PolicyDetail } from '@winesap/api';
import { tokenQuery } from '../../data/queries.ts';

/** A token as an answer just brought it: shown at once wherever it stands; what depends on it is read again. */
export function showToken(client: QueryClient, token: ContentToken): void {
  client.setQueryData(tokenQuery(token.tokenId).queryKey, token);
  client.setQueriesData<PolicyDetail>({ queryKey: ['policy'] }, (policy) =>
    policy?.token?.tokenId === token.tokenId ? { ...policy, token } : policy,
  );
  void client.invalidateQueries({ queryKey: ['policy'] });
  void client.invalidateQueries({ queryKey: ['policies', token.organizationId] });
  void client.invalidateQueries({ queryKey: ['tokens'] });
}
