import { AppleRefusal } from '../errors/apple-refusal.ts';
import { AppleUnreadable } from '../errors/apple-unreadable.ts';
import type { Fields } from '../read/fields.ts';
import type { CallOptions, Query } from '../transport/call.ts';
import { createLimiter, type Limiter } from '../transport/limiter.ts';
import { secretsOf } from '../transport/scrub.ts';
import { realTime } from '../transport/time.ts';
import { sendable, senderFor, type TransportOptions } from '../transport/transport-options.ts';
import { type CatalogResource, readResource } from './resource.ts';

export interface CatalogClientOptions extends TransportOptions {
  /**
   * The token of a developer account with a Services identifier for Apps and Books: a JWT signed with ES256, valid for
   * at most half a year. A function is called before each attempt.
   */
  readonly developerToken: string | (() => string | Promise<string>);
  /** The text of the `.vpptoken` file. Needed to see what an organization owns. */
  readonly contentToken?: string | undefined;
  /** Which of Apple's two hosts to use. */
  readonly audience: 'business' | 'education';
  readonly baseUrl?: string | undefined;
  /**
   * Shared by all clients with this developer token. Apple publishes no limits for the catalog; the default is the same
   * as elsewhere.
   */
  readonly limiter?: Limiter | undefined;
}

export type CatalogPlatform = 'appletv' | 'ipad' | 'iphone' | 'mac' | 'realityDevice' | 'web';

export interface CatalogQuery {
  /** The country; case does not matter, so `countryISO2ACode` of the client config works. */
  readonly storefront: string;
  readonly platform: CatalogPlatform;
  readonly additionalPlatforms?: readonly CatalogPlatform[];
  /** More attributes, such as `description`, `latestVersionInfo`, or `screenshotsByType`. */
  readonly extend?: readonly string[];
  /** One of the storefront's `supportedLanguageTags`. */
  readonly language?: string;
}

export interface PurchasesQuery extends Omit<CatalogQuery, 'platform' | 'additionalPlatforms'> {
  readonly apps?: readonly string[];
  readonly books?: readonly string[];
  readonly inApps?: readonly string[];
  readonly platform?: CatalogPlatform;
}

export interface SearchQuery extends CatalogQuery {
  readonly term: string;
  readonly types: readonly ('apps' | 'books')[];
  readonly genre?: string;
  readonly targetPlatform?: string;
}

/**
 * Apps and Books Metadata for Organizations: what the store knows about apps and books. Answers leave out IDs that the
 * store does not know. Refusals carry the catalog's own numbers, such as 40300, which also occurs now and then with
 * good tokens.
 * Source: apps-and-books-metadata-for-organizations (documented).
 */
export interface CatalogClient {
  /** Resolves if the developer token works. */
  test(options?: CallOptions): Promise<void>;
  /** Returns any number of apps, a hundred per request. */
  apps(ids: readonly string[], query: CatalogQuery, options?: CallOptions): Promise<CatalogResource[]>;
  /** Returns any number of books, a hundred and fifty per request. */
  books(ids: readonly string[], query: CatalogQuery, options?: CallOptions): Promise<CatalogResource[]>;
  /** Returns null if the store has no such app. */
  app(id: string, query: CatalogQuery, options?: CallOptions): Promise<CatalogResource | null>;
  book(id: string, query: CatalogQuery, options?: CallOptions): Promise<CatalogResource | null>;
  /**
   * Returns apps as the organization sees them, including custom apps and apps that are no longer sold. Needs the
   * content token.
   */
  ownedApps(ids: readonly string[], query: CatalogQuery, options?: CallOptions): Promise<CatalogResource[]>;
  ownedBooks(ids: readonly string[], query: CatalogQuery, options?: CallOptions): Promise<CatalogResource[]>;
  /** Returns apps, books, and in-app purchases together. Needs the content token and at least one ID. */
  purchases(query: PurchasesQuery, options?: CallOptions): Promise<CatalogResource[]>;
  /** Apple decides how many results it returns. There is no documented way to page. */
  search(query: SearchQuery, options?: CallOptions): Promise<CatalogResource[]>;
  genres(storefront: string, options?: CallOptions): Promise<CatalogResource[]>;
  genre(storefront: string, id: string, options?: CallOptions): Promise<CatalogResource | null>;
  genresOf(
    type: 'apps' | 'books',
    id: string,
    query: Pick<CatalogQuery, 'storefront'>,
    options?: CallOptions,
  ): Promise<CatalogResource[]>;
  storefronts(options?: CallOptions): Promise<CatalogResource[]>;
  storefront(country: string, options?: CallOptions): Promise<CatalogResource | null>;
}

const HOSTS = { business: 'https://api.ent.apple.com', education: 'https://api.edu.apple.com' } as const;
/** The maximum number of IDs in one request (documented). */
const MAX_IDS = { apps: 100, books: 150 } as const;

/** Creates a client of the catalog. Sends nothing by itself. */
export function createCatalogClient(options: CatalogClientOptions): CatalogClient {
  const { developerToken } = options;
  const secretsOfLocation = options.contentToken === undefined ? [] : secretsOf(options.contentToken);
  let secrets: readonly string[] = secretsOfLocation;
  let lastBearer: string | null = null;
  async function bearer(): Promise<string> {
    const given = typeof developerToken === 'string' ? developerToken : await developerToken();
    const current = sendable(given, 'developerToken must be a JWT');
    if (current !== lastBearer) {
      lastBearer = current;
      secrets = [...secretsOfLocation, current];
    }
    return current;
  }
  const contentToken =
    options.contentToken === undefined
      ? null
      : sendable(options.contentToken, 'contentToken must be the text of a .vpptoken file');
  const send = senderFor(options, {
    baseUrl: options.baseUrl ?? HOSTS[options.audience],
    limiter: options.limiter ?? createLimiter(options.time ?? realTime),
    credentials: async (credential) => {
      const authorization = `Bearer ${await bearer()}`;
      return credential === 'both' ? { authorization, cookie: `itvt=${contentToken}` } : { authorization };
    },
    secrets: () => secrets,
  });

  const get = <Answer>(path: string, query: Query, read: (answer: Fields) => Answer, callOptions?: CallOptions) =>
    send({ doing: 'retrieving from the catalog', method: 'GET', path: `/v1${path}`, query }, read, callOptions);

  const owned = (path: string, query: Query, callOptions?: CallOptions) => {
    if (contentToken === null) throw new TypeError('what an organization owns needs its contentToken');
    const doing = 'retrieving owned items from the catalog';
    return send({ doing, method: 'GET', path: `/v1${path}`, query, credential: 'both' }, readData, callOptions);
  };

  async function inGroups(
    ids: readonly string[],
    size: number,
    one: (ids: string) => Promise<CatalogResource[]>,
  ): Promise<CatalogResource[]> {
    const wanted = [...new Set(ids)];
    const groups = Array.from({ length: Math.ceil(wanted.length / size) }, (_, at) =>
      one(wanted.slice(at * size, (at + 1) * size).join(',')),
    );
    return (await Promise.all(groups)).flat();
  }

  const inCatalog = (storefront: string, rest: string) => `/catalog/${country(storefront)}/${rest}`;
  return {
    test: (callOptions) => getNothing('/test', callOptions),
    apps: (ids, query, callOptions) =>
      inGroups(ids, MAX_IDS.apps, (some) =>
        get(inCatalog(query.storefront, 'apps'), { ids: some, ...shared(query) }, readData, callOptions),
      ),
    books: (ids, query, callOptions) =>
      inGroups(ids, MAX_IDS.books, (some) =>
        get(inCatalog(query.storefront, 'books'), { ids: some, ...shared(query) }, readData, callOptions),
      ),
    app: (id, query, callOptions) =>
      oneOrNone(get(inCatalog(query.storefront, `apps/${part(id)}`), shared(query), readData, callOptions)),
    book: (id, query, callOptions) =>
      oneOrNone(get(inCatalog(query.storefront, `books/${part(id)}`), shared(query), readData, callOptions)),
    ownedApps: (ids, { extend, ...query }, callOptions) =>
      inGroups(ids, MAX_IDS.apps, async (some) => {
        const parameters = { ids: some, ...shared(query), 'extend[apps]': extend?.join(',') };
        return owned(inCatalog(query.storefront, 'stoken-authenticated-apps'), parameters, callOptions);
      }),
    ownedBooks: (ids, query, callOptions) =>
      inGroups(ids, MAX_IDS.books, async (some) =>
        owned(inCatalog(query.storefront, 'stoken-authenticated-books'), { ids: some, ...shared(query) }, callOptions),
      ),
    purchases: async ({ apps, books, inApps, platform, ...query }, callOptions) =>
      owned(
        inCatalog(query.storefront, 'stoken-authenticated-purchases'),
        {
          'ids[apps]': apps?.join(','),
          'ids[books]': books?.join(','),
          'ids[in-apps]': inApps?.join(','),
          platform,
          extend: query.extend?.join(','),
          l: query.language,
        },
        callOptions,
      ),
    search: ({ term, types, genre, targetPlatform, ...query }, callOptions) =>
      get(
        inCatalog(query.storefront, 'search'),
        {
          term,
          types: types.join(','),
          ...shared(query),
          'filter[genre]': genre,
          'filter[targetPlatform]': targetPlatform,
        },
        (answer) => answer.child('results', (results) => results.rows('contents', readResource)) ?? [],
        callOptions,
      ),
    genres: (storefront, callOptions) => get(inCatalog(storefront, 'genres'), {}, readData, callOptions),
    genre: (storefront, id, callOptions) =>
      oneOrNone(get(inCatalog(storefront, `genres/${part(id)}`), {}, readData, callOptions)),
    genresOf: (type, id, { storefront }, callOptions) =>
      get(inCatalog(storefront, `${type}/${part(id)}/genres`), {}, readData, callOptions),
    storefronts: (callOptions) => get('/storefronts', {}, readData, callOptions),
    storefront: (code, callOptions) => oneOrNone(get(`/storefronts/${country(code)}`, {}, readData, callOptions)),
  };

  /** The response of the check call is not documented; it can be empty. */
  async function getNothing(path: string, callOptions?: CallOptions): Promise<void> {
    try {
      await get(path, {}, () => undefined, callOptions);
    } catch (error) {
      const success = error instanceof AppleUnreadable && error.httpStatus >= 200 && error.httpStatus < 300;
      if (!success) throw error;
    }
  }
}

function readData(answer: Fields): CatalogResource[] {
  return answer.rows('data', readResource);
}

async function oneOrNone(found: Promise<CatalogResource[]>): Promise<CatalogResource | null> {
  try {
    return (await found)[0] ?? null;
  } catch (error) {
    const answered = error instanceof AppleRefusal || error instanceof AppleUnreadable;
    if (answered && error.httpStatus === 404) return null;
    throw error;
  }
}

function shared({ platform, additionalPlatforms, extend, language }: CatalogQuery): Query {
  return { platform, additionalPlatforms: additionalPlatforms?.join(','), extend: extend?.join(','), l: language };
}

/** Catalog paths expect lowercase; client config returns uppercase. */
function country(code: string): string {
  return part(code.toLowerCase());
}

function part(text: string): string {
  return encodeURIComponent(text);
}
