import { QueryClient, type QueryKey } from '@tanstack/react-query';
import { routes } from '@winesap/api';
import { beforeEach, describe, expect, test } from 'vitest';
import { infinite, query } from '../src/data/query.ts';
import { invalidate, readKey, readsOf, readsOfLocation } from '../src/data/reads.ts';

const token = (tokenId: string) => query(routes.getToken, { params: { tokenId } }).queryKey;
const assets = infinite(routes.listLocationAssets, { params: { uId: 'a' }, query: { q: 'key' } }).queryKey;
const holdings = query(routes.listHoldings, { query: { holder: 'ada', uId: 'a' } }).queryKey;
const holdingsAnywhere = query(routes.listHoldings, { query: { holder: 'ada' } }).queryKey;
const elsewhere = query(routes.getLocation, { params: { uId: 'b' } }).queryKey;

describe('after a change', () => {
  let client: QueryClient;
  const kept: readonly QueryKey[] = [token('one'), token('two'), assets, holdings, holdingsAnywhere, elsewhere];
  const stale = () => kept.filter((key) => client.getQueryState(key)?.isInvalidated);

  beforeEach(() => {
    client = new QueryClient();
    for (const key of kept) client.setQueryData(key, {});
  });

  test('everything that a route read is read again', async () => {
    await invalidate(client, routes.getToken);

    expect(stale()).toEqual([token('one'), token('two')]);
  });

  test('only what was asked with this parameter is read again', async () => {
    await invalidate(client, readsOf(routes.getToken, { params: { tokenId: 'two' } }));

    expect(stale()).toEqual([token('two')]);
  });

  test('a list is read again whatever else it is filtered by', async () => {
    await invalidate(client, readsOf(routes.listLocationAssets, { params: { uId: 'a' } }));

    expect(stale()).toEqual([assets]);
  });

  test('everything of a location is read again, by whichever route it was read', async () => {
    await invalidate(client, readsOfLocation('a'));

    expect(stale()).toEqual([assets, holdings]);
  });

  test('a search through all locations is left alone when one of them changes', async () => {
    await invalidate(client, readsOfLocation());

    expect(stale()).toEqual([assets, holdings, elsewhere]);
  });
});

test('pages of a list are kept apart from one answer of the same route', () => {
  const input = { query: { tokenId: 'one' } };

  expect(infinite(routes.listEvents, input).queryKey).not.toEqual(query(routes.listEvents, input).queryKey);
});

test('a route that the API does not list has no key', () => {
  expect(() => readKey({ ...routes.getMe }, {})).toThrow('GET /api/me is not listed');
});
