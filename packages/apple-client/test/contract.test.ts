import { endpoints, errors, examples, limits, notificationTypes, schemas } from '@winesap/contract';
import { describe, expect, test } from 'vitest';
import {
  type AppleClient,
  AppleRefusal,
  type CatalogClient,
  type CatalogQuery,
  createCatalogClient,
  type NotificationTypeName,
  readNotification,
} from '../src/index.ts';
import { CONTENT_TOKEN, failure, openGate, quickClient } from './builders.ts';

const USERS = { users: [{ clientUserId: 'u-1', email: 'u@example.org' }] };
const ASSETS = {
  assets: [{ adamId: '408709785', pricingParam: 'STDQ' }],
  serialNumbers: ['S1'],
  clientUserIds: ['u-1'],
};
const SEATS = { adamIds: ['900000101'], clientUserIds: ['u-1'] };

/** How to make each request of the contract. It is total, so that a new endpoint needs a line here. */
const calls: Record<string, (client: AppleClient) => Promise<unknown>> = {
  serviceConfig: (client) => client.serviceConfig(),
  getClientConfig: (client) => client.clientConfig(),
  setClientConfig: (client) =>
    client.setClientConfig({
      mdmInfo: { id: 'i', name: 'n', metadata: 'm' },
      notificationUrl: 'https://winesap.example/hooks',
      notificationAuthToken: 'secret',
      notificationTypes: ['ASSET_COUNT'],
    }),
  getAssets: (client) =>
    client.assetPage(1, {
      adamId: '1',
      pricingParam: 'PLUS',
      productType: 'App',
      revocable: true,
      deviceAssignable: false,
      minAvailableCount: 1,
      maxAvailableCount: 2,
      minAssignedCount: 3,
      maxAssignedCount: 4,
      unlimited: false,
    }),
  associateAssets: (client) => client.associateAssets(ASSETS),
  disassociateAssets: (client) => client.disassociateAssets(ASSETS),
  revokeAssets: (client) => client.revokeAssets({ serialNumbers: ['S1'] }),
  getAssignments: (client) =>
    client.assignmentPage(1, {
      adamId: '1',
      pricingParam: 'STDQ',
      clientUserId: 'u',
      serialNumber: 's',
      excludeInactiveUsers: true,
      includeUserState: true,
      sinceVersionId: 'v',
    }),
  getUsers: (client) =>
    client.userPage(1, {
      clientUserId: 'u',
      managedAppleId: 'a@b.example',
      activeOnly: true,
      retiredOnly: false,
      sinceVersionId: 'v',
    }),
  createUsers: (client) => client.createUsers(USERS),
  updateUsers: (client) => client.updateUsers(USERS),
  retireUsers: (client) => client.retireUsers(USERS),
  eventStatus: (client) => client.eventStatus('e-1'),
  enableSubscriptions: (client) => client.enableSubscriptions(),
  disableSubscriptions: (client) => client.disableSubscriptions(),
  getSubscriptions: (client) => client.subscriptions({ adamId: '1', parentAdamId: '2' }),
  getSubscriptionAssignments: (client) =>
    client.subscriptionAssignments({ adamId: '1', parentAdamId: '2', clientUserId: 'u' }),
  associateSubscriptions: (client) => client.associateSubscriptions({ ...SEATS, renewing: true }),
  disassociateSubscriptions: (client) => client.disassociateSubscriptions({ ...SEATS, deferred: true }),
  getSubscriptionAdmins: (client) => client.subscriptionAdmins({ adamId: '1', includeUserState: true }),
  addSubscriptionAdmins: (client) => client.addSubscriptionAdmins(SEATS),
  removeSubscriptionAdmins: (client) => client.removeSubscriptionAdmins(SEATS),
  v1ClientConfig: (client) => client.legacyClientConfig(),
  contentMetadataLookup: (client) =>
    client.lookup({ ids: ['900000001'], storefront: 'US', platform: 'enterprisestore', language: 'en-US' }),
};

const CATALOG: CatalogQuery = { storefront: 'US', platform: 'iphone', language: 'en-US' };
const EXTRA = { additionalPlatforms: ['mac'], extend: ['description'] } as const;

/** The same for the catalog. */
const catalogCalls: Record<string, (catalog: CatalogClient) => Promise<unknown>> = {
  catalogTest: (catalog) => catalog.test(),
  catalogPurchases: (catalog) =>
    catalog.purchases({ storefront: 'US', apps: ['1'], books: ['2'], inApps: ['3'], extend: ['x'], language: 'en-US' }),
  catalogOwnedApps: (catalog) => catalog.ownedApps(['1', '2'], { ...CATALOG, ...EXTRA }),
  catalogOwnedBooks: (catalog) => catalog.ownedBooks(['1'], { ...CATALOG, additionalPlatforms: ['mac'] }),
  catalogApps: (catalog) => catalog.apps(['1', '2'], { ...CATALOG, ...EXTRA }),
  catalogApp: (catalog) => catalog.app('1', CATALOG),
  catalogBooks: (catalog) => catalog.books(['1'], CATALOG),
  catalogBook: (catalog) => catalog.book('1', CATALOG),
  catalogSearch: (catalog) => catalog.search({ ...CATALOG, term: 'pages', types: ['apps', 'books'] }),
  catalogGenres: (catalog) => catalog.genres('US'),
  catalogGenre: (catalog) => catalog.genre('US', '1'),
  catalogAppGenres: (catalog) => catalog.genresOf('apps', '1', CATALOG),
  catalogBookGenres: (catalog) => catalog.genresOf('books', '1', CATALOG),
  catalogStorefronts: (catalog) => catalog.storefronts(),
  catalogStorefront: (catalog) => catalog.storefront('US'),
};

/** Deliberately left out: version 1, which version 2 replaces except for its client config, and what needs no token. */
const LEFT_OUT = [
  ...Object.keys(endpoints).filter((id) => id.startsWith('v1') && id !== 'v1ClientConfig'),
  'publicLookup',
];
/** `activeOnly` covers `includeRetired`. */
const PARAMETERS_LEFT_OUT = new Set(['cursor', 'include', 'relate', 'includeRetired']);

function examplesOf(schema: string) {
  return examples.filter((example) => example.schema === schema && example.valid);
}

/** A client that receives `body` as the answer, and the requests it made. Service config is always available. */
function answeredWith(body: unknown) {
  const requests: Request[] = [];
  const { client } = quickClient('https://apple.test', {
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const isAside = request.url.endsWith('/service/config') && requests.length > 0;
      if (!isAside) requests.push(request);
      return Response.json(isAside ? {} : body);
    },
  });
  return { client, requests };
}

/** Lists end with the given page; paging is tested elsewhere. */
function withoutNext(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { nextCursor: _cursor, ...rest } = value as Record<string, unknown>;
  return rest;
}

describe('every endpoint of the contract', () => {
  test('has a call, or is deliberately left out', () => {
    const covered = [...Object.keys(calls), ...Object.keys(catalogCalls), ...LEFT_OUT].toSorted();

    expect(covered).toEqual(Object.keys(endpoints).toSorted());
  });

  test.each(Object.entries(calls))('%s sends the right request to the right address', async (id, call) => {
    const endpoint = endpoints[id as keyof typeof endpoints];
    const [example] = examplesOf(endpoint.response);
    expect(example, `an example of ${endpoint.response}`).toBeDefined();
    const { client, requests } = answeredWith(withoutNext(example?.value));

    await call(client);

    const sent = requests.find((request) => new URL(request.url).pathname === endpoint.path);
    expect(sent?.method).toBe(endpoint.method);
    const known = (endpoint.query ?? []).map(({ name }) => name);
    const used = [...new URL(sent?.url ?? '').searchParams.keys()];
    expect(known).toEqual(expect.arrayContaining(used));
    const required = (endpoint.query ?? []).filter((parameter) => parameter.required).map(({ name }) => name);
    expect(used).toEqual(expect.arrayContaining(required));
    const authorization = endpoint.auth === 'bearer' ? `Bearer ${CONTENT_TOKEN}` : null;
    expect(sent?.headers.get('authorization')).toBe(authorization);
    const body = await sent?.text();
    expect(body === '').toBe(endpoint.request === undefined);
    if (endpoint.request !== undefined) expectPropertiesOf(endpoint.request, JSON.parse(body ?? ''));
  });

  test.each(Object.entries(calls))('%s can send every parameter Apple documents', async (id, call) => {
    const endpoint = endpoints[id as keyof typeof endpoints];
    const { client, requests } = answeredWith(withoutNext(examplesOf(endpoint.response)[0]?.value));

    await call(client);

    const sent = requests.find((request) => new URL(request.url).pathname === endpoint.path);
    const used = [...new URL(sent?.url ?? '').searchParams.keys()].toSorted();
    const documented = (endpoint.query ?? []).map(({ name }) => name).filter((name) => !PARAMETERS_LEFT_OUT.has(name));
    expect(used).toEqual(documented.toSorted());
  });
});

describe('every endpoint of the catalog', () => {
  test.each(Object.entries(catalogCalls))('%s sends the right request to the right address', async (id, call) => {
    const endpoint = endpoints[id as keyof typeof endpoints];
    for (const audience of ['business', 'education'] as const) {
      const requests: Request[] = [];
      const catalog = createCatalogClient({
        developerToken: async () => 'ey.J.w',
        contentToken: CONTENT_TOKEN,
        audience,
        limiter: openGate,
        fetch: async (input, init) => {
          requests.push(new Request(input, init));
          return Response.json(examplesOf(endpoint.response)[0]?.value ?? {});
        },
      });

      await call(catalog);

      const [sent] = requests;
      const url = new URL(sent?.url ?? '');
      expect(url.origin).toBe(audience === 'business' ? endpoint.host : endpoint.educationHost);
      expect(url.pathname).toBe(
        endpoint.path.replace('{storefront}', 'us').replace('{id}', id === 'catalogStorefront' ? 'us' : '1'),
      );
      expect(sent?.method).toBe(endpoint.method);
      expect(sent?.headers.get('authorization')).toBe('Bearer ey.J.w');
      const withCookie = endpoint.auth === 'developer-token-and-cookie';
      expect(sent?.headers.get('cookie')).toBe(withCookie ? `itvt=${CONTENT_TOKEN}` : null);
      const parameters = endpoint.query ?? [];
      const used = [...url.searchParams.keys()];
      expect(parameters.map(({ name }) => name)).toEqual(expect.arrayContaining(used));
      expect(used).toEqual(
        expect.arrayContaining(parameters.filter(({ required }) => required).map(({ name }) => name)),
      );
    }
  });
});

/** Our request has no property that the schema does not know, and has all that it requires. */
function expectPropertiesOf(schema: string, body: Record<string, unknown>): void {
  const [area, name] = schema.split('#/$defs/');
  const definition = schemas[area as keyof typeof schemas].$defs[name ?? ''];
  const properties = Object.keys((definition?.properties as object) ?? {});
  expect(properties).toEqual(expect.arrayContaining(Object.keys(body)));
  expect(Object.keys(body)).toEqual(expect.arrayContaining((definition?.required as string[]) ?? []));
}

describe('every sample answer of the contract', () => {
  const answers = Object.entries(calls).flatMap(([id, call]) =>
    examplesOf(endpoints[id as keyof typeof endpoints].response).map((example) => ({ id, call, ...example })),
  );

  test.each(answers)('$id: $about, is read completely', async ({ call, value }) => {
    const { client } = answeredWith(withoutNext(value));

    const read = await call(client);

    expect(leftovers(read)).toEqual([]);
  });

  /** The store returns more than is named, and apnToken is not documented. Both belong in `other`. */
  const MEANT_TO_BE = new Set(['offers', 'softwareInfo', 'genres', 'apnToken', 'id']);

  function leftovers(value: unknown): string[] {
    if (value instanceof Map) return [...value.values()].flatMap(leftovers);
    if (Array.isArray(value)) return value.flatMap(leftovers);
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, inner]) =>
      name === 'other' ? Object.keys(inner).filter((key) => !MEANT_TO_BE.has(key)) : leftovers(inner),
    );
  }
});

describe('every error number of the contract', () => {
  const inAnswers = Object.values(errors).filter(({ modes }) => modes.includes('sync'));

  test.each(inAnswers)('$number is a refusal that keeps its number', async ({ number, http, message }) => {
    const { client } = quickClient('https://apple.test', {
      fetch: async () => Response.json({ errorNumber: number, errorMessage: message }, { status: http ?? 200 }),
    });

    const error = await failure(client.clientConfig());

    expect(error).toBeInstanceOf(AppleRefusal);
    expect(error).toMatchObject({ errorNumber: number, errorMessage: message, httpStatus: http ?? 200 });
  });

  test('renewing is advised for exactly the numbers that mean expired or revoked', async () => {
    const ours: number[] = [];
    for (const { number } of inAnswers) {
      const { client } = quickClient('https://apple.test', {
        fetch: async () => Response.json({ errorNumber: number, errorMessage: '' }, { status: 401 }),
      });
      const error = await failure(client.clientConfig());
      if (error instanceof AppleRefusal && ['expired', 'revoked'].includes(error.tokenProblem ?? '')) ours.push(number);
    }

    expect(ours).toEqual(inAnswers.filter(({ act }) => act === 'renew-token').map(({ number }) => number));
  });
});

describe('every notification of the contract', () => {
  const shown = examples.filter(({ schema, valid }) => schema.startsWith('notifications#') && valid);

  test.each(shown)('$about is recognized', ({ value }) => {
    const notification = readNotification(JSON.stringify(value));

    const { notificationType } = value as { notificationType: string };
    expect(notification?.notificationType).toBe(notificationType);
    expect(notification?.kind).toBe(notificationType in notificationTypes ? notificationType : 'OTHER');
    expect(notification?.uId).toBe((value as { uId: string }).uId);
  });

  test('of every type has a sample and a known name', () => {
    const types = Object.keys(notificationTypes) as NotificationTypeName[];
    const seen = shown.map(({ value }) => readNotification(JSON.stringify(value))?.kind);

    expect(seen).toEqual(expect.arrayContaining(types));
  });
});

test("the default limits are those of Apple's sample", async () => {
  const { chunkUsers, chunkAssets } = await import('../src/index.ts');
  const many = Array.from({ length: 5_000 }, (_, at) => `${at}`);

  const [users] = chunkUsers({ users: many.map((clientUserId) => ({ clientUserId })) }, {});
  const [assets] = chunkAssets({ assets: many.map((adamId) => ({ adamId })), serialNumbers: many }, {});

  expect(users?.users).toHaveLength(limits.maxUsers.value);
  expect(assets?.assets).toHaveLength(limits.maxAssets.value);
  expect(assets?.serialNumbers).toHaveLength(limits.maxSerialNumbers.value);
});
