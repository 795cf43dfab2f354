import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  AppleRefusal,
  type CatalogClientOptions,
  type CatalogQuery,
  createCatalogClient,
  storeItemOf,
} from '../src/index.ts';
import { CONTENT_TOKEN, failure, openGate, sleepyTime } from './builders.ts';

const IN_US: CatalogQuery = { storefront: 'us', platform: 'iphone' };
const JWT = `eyJhbGciOiJFUzI1NiJ9.${'eyJpc3MiOiJURUFNIn0'.repeat(3)}.c2lnbmF0dXJl`;

function catalogOf(answer: (url: URL) => Response, more: Partial<CatalogClientOptions> = {}) {
  const urls: URL[] = [];
  const catalog = createCatalogClient({
    developerToken: JWT,
    contentToken: CONTENT_TOKEN,
    audience: 'business',
    limiter: openGate,
    time: sleepyTime(),
    fetch: async (input) => {
      const url = new URL(String(input));
      urls.push(url);
      return answer(url);
    },
    ...more,
  });
  return { catalog, urls };
}

function named(url: URL): Response {
  const ids = url.searchParams.get('ids')?.split(',') ?? [];
  return Response.json({ data: ids.map((id) => ({ id, type: 'apps', href: `/apps/${id}` })) });
}

const refused = () =>
  Response.json(
    { errors: [{ id: 'x', code: '40300', status: '403', title: 'Forbidden', detail: 'invalid stoken or empty ids' }] },
    { status: 403 },
  );

describe('the catalog', () => {
  test('returns any number of apps, a hundred per request, each once', async () => {
    const { catalog, urls } = catalogOf(named);
    const ids = Array.from({ length: 250 }, (_, at) => String(at));

    const found = await catalog.apps([...ids, '7', '8'], IN_US);

    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(urls.map((url) => url.searchParams.get('ids')?.split(',').length)).toEqual([100, 100, 50]);
  });

  test('sends no request for an empty list', async () => {
    const { catalog, urls } = catalogOf(named);

    expect(await catalog.books([], IN_US)).toEqual([]);
    expect(urls).toEqual([]);
  });

  test('has its own error numbers, which say nothing about the content token', async () => {
    const { catalog } = catalogOf(refused);

    const error = await failure(catalog.ownedApps(['1'], IN_US));

    expect(error).toBeInstanceOf(AppleRefusal);
    expect(error).toMatchObject({
      httpStatus: 403,
      errorNumber: 40300,
      errorMessage: 'Forbidden: invalid stoken or empty ids',
      tokenProblem: null,
    });
  });

  test('answers 404 for an unknown app, which is a result', async () => {
    const { catalog } = catalogOf(() => Response.json({ errors: [] }, { status: 404 }));

    expect(await catalog.app('1', IN_US)).toBeNull();
    expect(await catalog.storefront('xx')).toBeNull();
  });

  test('refuses a wrong developer token, which is an error', async () => {
    const { catalog } = catalogOf(() => new Response(null, { status: 401 }));

    expect(await failure(catalog.app('1', IN_US))).toMatchObject({ kind: 'unreadable', httpStatus: 401 });
    expect(await failure(catalog.test())).toMatchObject({ kind: 'unreadable', httpStatus: 401 });
  });

  test('may answer the check with an empty body', async () => {
    const { catalog } = catalogOf(() => new Response(null, { status: 200 }));

    await expect(catalog.test({ retry: false })).resolves.toBeUndefined();
  });

  test('requires the content token to see what an organization owns', async () => {
    const { catalog, urls } = catalogOf(named, { contentToken: undefined });

    expect(await failure(catalog.ownedBooks(['1'], IN_US))).toBeInstanceOf(TypeError);
    expect(await failure(catalog.purchases({ storefront: 'us', apps: ['1'] }))).toBeInstanceOf(TypeError);
    expect(urls).toEqual([]);
  });

  test('asks for a new developer token for each attempt, and shows none of them', async () => {
    let made = 0;
    const tokens: string[] = [];
    const { catalog } = catalogOf(refused, {
      developerToken: () => {
        made += 1;
        return `${JWT}.number${made}`;
      },
      fetch: async (_input, init) => {
        const token = new Headers(init?.headers).get('authorization') ?? '';
        tokens.push(token);
        return made < 3
          ? Response.json({ errors: [{ code: '50000', title: 'Oops', detail: token.slice(7, 40) }] }, { status: 500 })
          : refused();
      },
    });

    const error = await failure(catalog.genres('us'));
    const broken = await failure(catalog.genres('us', { retry: false }));

    expect(new Set(tokens).size).toBe(tokens.length);
    expect(tokens.length).toBeGreaterThan(3);
    expect(inspect([error, broken], { depth: 9 })).not.toContain(JWT.slice(0, 20));
  });

  test('escapes every argument in a path', async () => {
    const { catalog, urls } = catalogOf(() => Response.json({ data: [] }));

    await catalog.app('../../evil?x', IN_US);

    expect(urls[0]?.pathname).toBe('/v1/catalog/us/apps/..%2F..%2Fevil%3Fx');
  });
});

test('an app of the catalog reads like one of the lookup, wherever its parts are', () => {
  const nested = {
    id: '361309726',
    type: 'apps',
    href: null,
    relationships: {},
    attributes: {
      name: 'Pages',
      artistName: 'Apple',
      deviceFamilies: ['iphone', 'ipad'],
      platformAttributes: {
        ios: {
          bundleId: 'com.apple.Pages',
          artwork: { url: 'https://is1.example/{w}x{h}bb.{f}', width: 1024, height: 1024 },
        },
      },
      latestVersionInfo: { versionDisplay: '14.2' },
    },
  };

  expect(storeItemOf(nested)).toMatchObject({
    adamId: '361309726',
    name: 'Pages',
    bundleId: 'com.apple.Pages',
    version: '14.2',
    artwork: { width: 1024 },
    deviceFamilies: ['iphone', 'ipad'],
  });
});
