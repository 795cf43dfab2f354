import { describe, expect, test } from 'vitest';
import { parseInstant } from '../src/index.ts';
import { lookupUrlFrom } from '../src/store/lookup-url.ts';
import { failure, quickClient } from './builders.ts';

function answeredWith(...bodies: unknown[]) {
  const urls: URL[] = [];
  const sent: (string | null)[] = [];
  const { client } = quickClient('https://apple.test', {
    fetch: async (input, init) => {
      urls.push(new URL(String(input)));
      sent.push(typeof init?.body === 'string' ? init.body : null);
      return Response.json(bodies[Math.min(urls.length, bodies.length) - 1]);
    },
  });
  return { client, urls, sent };
}

describe('instants in many forms', () => {
  test.each([
    ['2030-11-08T22:33:22+0000', '2030-11-08T22:33:22.000Z'],
    ['2014-08-15T18:13:52-0700', '2014-08-16T01:13:52.000Z'],
    ['2027-03-01T09:00:00+02:00', '2027-03-01T07:00:00.000Z'],
    ['2027-03-01T09:00:00Z', '2027-03-01T09:00:00.000Z'],
    ['2027-03-01T09:00:00.5Z', '2027-03-01T09:00:00.500Z'],
    ['2027-03-01T09:00:00', '2027-03-01T09:00:00.000Z'],
    [' 2027-03-01T09:00:00+0000\n', '2027-03-01T09:00:00.000Z'],
  ])('%s', (text, instant) => {
    expect(parseInstant(text)?.toISOString()).toBe(instant);
  });

  test.each(['', 'soon', '2027-13-01T09:00:00Z', '2027-03-01', '1700000000', '2027-03-01T09:00:00+99999'])(
    '%s is none',
    (text) => {
      expect(parseInstant(text)).toBeNull();
    },
  );
});

describe('unknown answers', () => {
  test('keep unknown properties, values, and kinds', async () => {
    const row = {
      adamId: 361309726,
      pricingParam: 'MEGA',
      productType: 'Film',
      totalCount: '12',
      availableCount: { exact: 7 },
      supportedPlatforms: ['carOS', 'iOS'],
      colour: 'red',
    };
    const { client } = answeredWith({
      assets: [row],
      versionId: 1680000000001,
      uId: 103614,
      tokenExpirationDate: 'some day',
      mdmInfo: { id: 'x', name: null },
      weather: { today: 'rain' },
    });

    const page = await client.assetPage(0);

    expect(page).toMatchObject({
      versionId: '1680000000001',
      uId: '103614',
      tokenExpirationDate: null,
      mdmInfo: { id: 'x', name: '', metadata: '' },
      other: { weather: { today: 'rain' }, tokenExpirationDate: 'some day' },
    });
    expect(page.rows).toEqual([
      {
        adamId: '361309726',
        pricingParam: 'MEGA',
        productType: 'Film',
        unlimited: false,
        assignedCount: null,
        availableCount: null,
        retiredCount: null,
        totalCount: 12,
        deviceAssignable: null,
        revocable: null,
        supportedPlatforms: ['carOS', 'iOS'],
        other: { availableCount: { exact: 7 }, colour: 'red' },
      },
    ]);
  });

  test('do not pollute the prototypes of objects', async () => {
    const { client } = quickClient('https://apple.test', {
      fetch: async () => new Response('{"uId":"1","__proto__":{"polluted":true},"constructor":{"name":"x"}}'),
    });

    const config = await client.clientConfig();

    expect('polluted' in config).toBe(false);
    expect('polluted' in (config.other ?? {})).toBe(false);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test('have pages that only go forward', async () => {
    const { client, urls } = answeredWith({ assignments: [], versionId: 'v', nextPageIndex: 0, totalPages: -4 });

    expect((await client.assignments()).rows).toEqual([]);
    expect(urls).toHaveLength(1);
  });
});

describe('lists with a cursor', () => {
  const seat = (adamId: number) => ({ adamId, clientUserId: 'u', renewing: true });

  test('are read page by page until there is no cursor, including an empty page', async () => {
    const { client, urls } = answeredWith(
      { assignments: [seat(1), seat(2)], nextCursor: 'a+/=', versionId: 'v', uId: '1' },
      { assignments: [seat(3)], nextCursor: 'b', versionId: 'v', uId: '1' },
      { assignments: [], versionId: 'v', uId: '1' },
    );

    const { rows, oneVersion, versionId } = await client.subscriptionAssignments({ clientUserId: 'u' });

    expect(rows.map(({ adamId }) => adamId)).toEqual(['1', '2', '3']);
    expect([oneVersion, versionId]).toEqual([true, 'v']);
    expect(urls.map(({ searchParams }) => searchParams.get('cursor'))).toEqual([null, 'a+/=', 'b']);
    expect(urls.every(({ searchParams }) => searchParams.get('clientUserId') === 'u')).toBe(true);
  });

  test('report changes between pages', async () => {
    const { client } = answeredWith(
      { admins: [], nextCursor: 'a', versionId: 'v-1' },
      { admins: [], versionId: 'v-2' },
    );

    expect(await client.subscriptionAdmins()).toMatchObject({ oneVersion: false, versionId: 'v-2' });
  });

  test('do not loop', async () => {
    const { client } = answeredWith({ subscriptions: [], nextCursor: 'a', versionId: 'v' });

    expect(await failure(client.subscriptions())).toMatchObject({ kind: 'unreadable', reason: 'shape' });
  });
});

describe('subscriptions', () => {
  test('are requested with integers, though IDs are text here', async () => {
    const { client, sent } = answeredWith({ eventId: 'e', uId: '1' });

    await client.associateSubscriptions({ adamIds: ['900000101'], clientUserIds: ['u'], renewing: false });

    expect(JSON.parse(sent[0] ?? '')).toEqual({ adamIds: [900000101], clientUserIds: ['u'], renewing: false });
  });

  test.each(['', 'abc', '1.5', '1e9', '99999999999999999999'])('an ID like %j sends nothing', async (adamId) => {
    const { client, urls } = answeredWith({});

    expect(await failure(client.addSubscriptionAdmins({ adamIds: [adamId], clientUserIds: ['u'] }))).toBeInstanceOf(
      TypeError,
    );
    expect(urls).toEqual([]);
  });
});

describe('the address of the lookup', () => {
  const known = 'https://uclient-api.itunes.apple.com/WebObjects/MZStorePlatform.woa/wa/lookup';

  test.each([
    ['https://lookup.apple.com/wa/lookup', null, 'https://lookup.apple.com/wa/lookup'],
    [undefined, null, known],
    ['no address', null, known],
    ['http://uclient-api.itunes.apple.com/lookup', null, known],
    ['https://evil.example/lookup', null, known],
    ['https://evilapple.com/lookup', null, known],
    ['https://apple.com.evil.example/lookup', null, known],
    ['https://user@evil.example/lookup?apple.com', null, known],
    ['https://uclient-api.itunes.apple.com/wa/lookup', 'http://127.0.0.1:8471', 'http://127.0.0.1:8471/wa/lookup'],
  ])(
    'published as %s for a client of %s is %s: the token goes to Apple or where we were told',
    (published, ours, url) => {
      expect(lookupUrlFrom(published, ours).href).toBe(url);
    },
  );
});

describe('a lookup', () => {
  const item = { name: 'Pages', artwork: [{ url: 'https://is1.example/{w}x{h}bb.{f}', width: 1024, height: 1024 }] };

  test('returns what succeeded when some requests fail', async () => {
    let asked = 0;
    const { client } = quickClient('https://apple.test', {
      fetch: async (input) => {
        const { pathname, searchParams } = new URL(String(input));
        if (pathname.endsWith('/service/config')) return new Response('gone', { status: 502 });
        asked += 1;
        const id = searchParams.get('id') ?? '';
        return id === '2'
          ? new Response('no', { status: 404 })
          : Response.json({ results: id === '3' ? {} : { [id]: item } });
      },
    });

    const items = await client.lookup({ ids: ['1', '2', '3', '4'], storefront: 'US', platform: 'enterprisestore' });

    expect([...items.keys()].toSorted()).toEqual(['1', '4']);
    expect(items.get('1')?.artwork).toEqual({ url: 'https://is1.example/{w}x{h}bb.{f}', width: 1024, height: 1024 });
    expect(asked).toBe(4);
  });

  test('fails when every request fails, and sends nothing for an empty list', async () => {
    const { client } = quickClient('https://apple.test', { fetch: async () => new Response('no', { status: 404 }) });
    const request = { storefront: 'us', platform: 'volumestore' } as const;

    expect(await failure(client.lookup({ ...request, ids: ['1', '2'] }))).toMatchObject({ kind: 'unreadable' });
    expect((await client.lookup({ ...request, ids: [] })).size).toBe(0);
  });
});
