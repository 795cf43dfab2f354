import { describe, expect, test } from 'vitest';
import { oneOf, parseSearch, stringifySearch, texts } from '../src/data/search.ts';
import { filterOf } from '../src/events/event-filter.ts';
import { assetFilterOf, isNarrowed } from '../src/locations/assets/asset-filter.ts';
import { sortOf, sortText } from '../src/locations/assets/asset-sort.ts';

describe('the address', () => {
  test('carries plain texts, so that a number searched for stays as it was typed', () => {
    expect(stringifySearch({ receiverType: 'vpp-token', q: '9625', level: undefined, empty: '' })).toBe(
      '?receiverType=vpp-token&q=9625',
    );
    expect(parseSearch('?q=9625&level=error')).toEqual({ q: '9625', level: 'error' });
    expect(stringifySearch({})).toBe('');
  });

  test('drops what it does not know instead of failing', () => {
    expect(texts({ q: 'a', other: 'b', level: 3 }, 'q', 'level')).toEqual({ q: 'a' });
    expect(oneOf('renew', ['renew', 'add'])).toBe('renew');
    expect(oneOf('explode', ['renew', 'add'])).toBeUndefined();
  });
});

describe('the filter of events', () => {
  test('leaves out what the server would refuse', () => {
    expect(filterOf({ receiverType: 'vpp-token', level: 'loud', tokenId: 'not-an-id', from: 'yesterday' })).toEqual({
      receiverType: 'vpp-token',
    });
  });
});

describe('the list of assets', () => {
  test('the address names the column, and a strange one means by name', () => {
    expect(sortText(sortOf('-total'))).toBe('-total');
    expect(sortOf('price')).toEqual({ column: 'name', descending: false });
  });

  test('asks for what the address says and leaves out what nobody could mean', () => {
    expect(assetFilterOf({ q: '  key ', type: 'App', low: 'true', gone: 'perhaps', sort: '-available' })).toEqual({
      q: 'key',
      productType: 'App',
      low: 'true',
      sort: 'available',
      order: 'desc',
    });
    expect(isNarrowed({ sort: '-total', gone: 'true', q: ' ' })).toBe(false);
  });
});
