import { type QueryInputOf, routes } from '@winesap/api';

interface AlertSearch {
  organizationId?: string | undefined;
  tokenId?: string | undefined;
  ruleId?: string | undefined;
}

export type AlertFilter = Omit<QueryInputOf<typeof routes.listAlerts>, 'cursor' | 'limit'>;
type Filter = Omit<AlertFilter, 'state'>;

/** What of the address the server would accept; anything mistyped is left out instead of refused. */
export function filterOf(
  search: AlertSearch,
  state: 'open' | 'acknowledged' | 'resolved' | 'all',
): { filter: Filter; query: AlertFilter } {
  const { shape } = routes.listAlerts.query;
  const filter: Filter = {};
  for (const name of ['organizationId', 'tokenId', 'ruleId'] as const) {
    const value = search[name];
    if (value !== undefined && shape[name].safeParse(value).success) filter[name] = value;
  }
  return { filter, query: state === 'all' ? filter : { ...filter, state } };
}
