import { endpoints } from '@winesap/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';
import { problemsWith } from './closed-schemas.ts';

let apple: AppleSide;
let uId: string;
let contentToken: string;
beforeAll(async () => {
  apple = await AppleSide.start();
  ({ uId, token: contentToken } = await apple.location());
  await apple.buy(uId, '900000001', 1);
  await apple.buy(uId, '900000901', 1);
});
afterAll(() => apple.close());

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
function developerToken(header: object = {}, claims: object = {}): string {
  const now = Date.parse('2026-11-01T08:00:00Z') / 1000;
  return [
    encode({ alg: 'ES256', kid: 'ABCDE12345', ...header }),
    encode({ iss: 'TEAM123456', iat: now, exp: now + 3600, ...claims }),
    'c2ln',
  ].join('.');
}

const ATTRIBUTES: Record<string, string> = {
  apps: 'AppAttributes',
  books: 'BookAttributes',
  genres: 'GenreAttributes',
  storefronts: 'StorefrontAttributes',
};

async function get(path: string, headers: Record<string, string> = {}): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${apple.url}${path}`, {
    headers: { authorization: `Bearer ${developerToken()}`, ...headers },
  });
  const body = (await response.json()) as Json;
  if (response.status >= 400) expect(problemsWith('catalog#/$defs/CatalogError', body)).toEqual([]);
  for (const { type, attributes } of body.data ?? body.results?.contents ?? []) {
    expect(problemsWith(`catalog#/$defs/${ATTRIBUTES[type]}`, attributes)).toEqual([]);
  }
  return { status: response.status, body };
}
const ids = (body: Json) => body.data.map((one: Json) => one.id);

test('apps and books by id, those unknown missing', async () => {
  const apps = await get('/v1/catalog/us/apps?ids=900000001,1,900000901,361309726&platform=iphone');
  const books = await get('/v1/catalog/us/books?ids=900000901&platform=ipad');

  expect(ids(apps.body)).toEqual(['900000001', '361309726']);
  expect(apps.body.data[0]).toMatchObject({
    type: 'apps',
    href: '/v1/catalog/us/apps/900000001',
    attributes: { name: 'Field Notes', deviceFamilies: ['iphone', 'ipad', 'ipod', 'mac', 'watch'] },
  });
  expect(books.body.data).toMatchObject([{ type: 'books', attributes: { name: 'The Orchard Year' } }]);
  expect(problemsWith(endpoints.catalogApps.response, apps.body)).toEqual([]);
});

test('platforms decide', async () => {
  const on = async (query: string) => ids((await get(`/v1/catalog/us/apps?ids=900000012,900000001&${query}`)).body);

  expect(await on('platform=iphone')).toEqual(['900000001']);
  expect(await on('platform=iphone&additionalPlatforms=mac')).toEqual(['900000012', '900000001']);
  expect((await get('/v1/catalog/us/apps?ids=1&platform=phone')).status).toBe(400);
  expect((await get('/v1/catalog/us/apps?ids=1')).status).toBe(400);
});

test('one by one: found, or 404', async () => {
  expect(ids((await get('/v1/catalog/us/apps/900000001?platform=web')).body)).toEqual(['900000001']);
  expect((await get('/v1/catalog/us/apps/1?platform=web')).status).toBe(404);
  const genre = (await get('/v1/catalog/us/apps/900000001/genres')).body.data[0];
  expect(genre.attributes.name).toBe('Productivity');
  expect((await get(`/v1/catalog/us/genres/${genre.id}`)).body.data[0].attributes.name).toBe('Productivity');
});

test('search by name and maker', async () => {
  const { body } = await get('/v1/catalog/us/search?term=nightjar&types=apps,books&platform=web');

  expect(body.results.contents.length).toBeGreaterThan(2);
  expect(problemsWith(endpoints.catalogSearch.response, body)).toEqual([]);
});

test('storefronts and the check call', async () => {
  expect((await get('/v1/storefronts/de')).body.data).toMatchObject([
    { id: 'de', attributes: { defaultLanguageTag: 'de-DE' } },
  ]);
  expect((await get('/v1/storefronts')).body.data.length).toBeGreaterThan(2);
  expect((await get('/v1/test')).status).toBe(200);
});

test('what is owned comes with the content token in the cookie only', async () => {
  const cookie = { cookie: `other=1; itvt=${contentToken}` };
  const path = '/v1/catalog/us/stoken-authenticated-purchases?ids[apps]=900000001,900000002&ids[books]=900000901';

  expect(ids((await get(path, cookie)).body)).toEqual(['900000001', '900000901']);
  expect(ids((await get('/v1/catalog/us/stoken-authenticated-apps?platform=iphone', cookie)).body)).toEqual([
    '900000001',
  ]);
  const without = await get(path);
  expect([without.status, without.body.errors[0].code, without.body.errors[0].title]).toEqual([
    403,
    '40300',
    'Forbidden',
  ]);
});

test('a custom app shows to its owners alone', async () => {
  const other = await apple.location({ orgName: 'Elsewhere' });
  await apple.buy(uId, '777', 1, { name: 'House App', custom: true });
  const lookup = (token?: string) =>
    get(
      '/WebObjects/MZStorePlatform.woa/wa/lookup?version=2&id=777',
      token === undefined ? {} : { cookie: `itvt=${token}` },
    );

  expect((await lookup()).body.results).toEqual({});
  expect((await lookup(other.token)).body.results).toEqual({});
  expect((await lookup(contentToken)).body.results['777']).toMatchObject({ name: 'House App', isB2BCustomApp: true });
  expect(ids((await get('/v1/catalog/us/apps?ids=777&platform=web')).body)).toEqual([]);
  expect((await get('/v1/catalog/us/apps/777?platform=web')).status).toBe(404);
  expect((await get('/v1/catalog/us/search?term=house&types=apps&platform=web')).body.results.contents).toEqual([]);
  const owned = await get('/v1/catalog/us/stoken-authenticated-apps?ids=777&platform=web', {
    cookie: `itvt=${contentToken}`,
  });
  expect(ids(owned.body)).toEqual(['777']);
});

describe('a developer token is refused', () => {
  const now = Date.parse('2026-11-01T08:00:00Z') / 1000;
  test.each([
    ['without one', ''],
    ['that is a content token', 'Bearer eyJ4Ijoic2VjcmV0In0='],
    ['of another algorithm', `Bearer ${developerToken({ alg: 'HS256' })}`],
    ['of a short key id', `Bearer ${developerToken({ kid: 'A' })}`],
    ['that has expired', `Bearer ${developerToken({}, { exp: now - 1 })}`],
    ['that lives too long', `Bearer ${developerToken({}, { exp: now + 15_777_001 })}`],
  ])('%s', async (_name, authorization) => {
    const { status, body } = await get('/v1/test', { authorization });

    expect(status).toBe(401);
    expect(body).not.toHaveProperty('data');
  });
});
