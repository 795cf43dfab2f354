import type { EndpointId } from '@winesap/contract';
import type { CatalogEntry } from '../../world/catalog.ts';
import type { Location } from '../../world/location.ts';
import { type Answer, json } from '../answer.ts';
import { isVisible, owns } from '../apple/metadata-lookup.ts';
import { cookieToken } from '../authenticate.ts';
import { listParameter, textParameter } from '../query.ts';
import type { Call } from '../request.ts';
import { CatalogRefusal } from './catalog-refusal.ts';
import { checkDeveloperToken } from './developer-token.ts';
import {
  genreId,
  genreResource,
  isOn,
  itemResource,
  platformNames,
  storefrontResource,
  storefronts,
} from './resources.ts';

const MAX_APPS = 100;
const MAX_BOOKS = 150;

/** Apps and Books Metadata for Organizations, as far as it goes without `extend`, `include` and `relate`. */
export function answerCatalog(id: EndpointId, call: Call): Answer {
  try {
    const { authorization, cookie } = call.request.headers;
    checkDeveloperToken(authorization as string | undefined, call.world.clock.now());
    const location =
      call.endpoint.auth === 'developer-token-and-cookie' ? ownerOf(call, cookie as string | undefined) : undefined;
    return json(200, catalogBody(id, call, location));
  } catch (error) {
    if (error instanceof CatalogRefusal) return error.answer();
    throw error;
  }
}

function catalogBody(id: EndpointId, call: Call, owner: Location | undefined): object {
  const { params, request, world } = call;
  const storefront = params.storefront ?? '';
  const item = (entry: CatalogEntry) => itemResource(entry, storefront, request.origin);
  const genres = new Map(world.catalog.all().map((entry) => [genreId(entry.genre), entry.genre]));
  const genreOf = (entry: CatalogEntry) => genreResource(genreId(entry.genre), entry.genre, storefront);
  switch (id) {
    case 'catalogTest':
      return {};
    case 'catalogApps':
      return { data: named(call, 'ids', 'App', MAX_APPS, true).filter(isPublic).map(item) };
    case 'catalogBooks':
      return { data: named(call, 'ids', 'Book', MAX_BOOKS, true).filter(isPublic).map(item) };
    case 'catalogOwnedApps':
      return { data: owned(named(call, 'ids', 'App', MAX_APPS, false), owner).map(item) };
    case 'catalogOwnedBooks':
      return { data: owned(named(call, 'ids', 'Book', MAX_BOOKS, false), owner).map(item) };
    case 'catalogPurchases': {
      const lists = ['ids[apps]', 'ids[books]', 'ids[in-apps]'];
      if (lists.every((list) => listParameter(request.query, list) === undefined)) throw missing(lists.join(', '));
      const ids = new Set(lists.flatMap((list) => listParameter(request.query, list) ?? []));
      return {
        data: owned(world.catalog.all(), owner)
          .filter((entry) => ids.has(entry.adamId))
          .map(item),
      };
    }
    case 'catalogApp':
    case 'catalogBook':
      platformsOf(call);
      return { data: [item(single(call, id === 'catalogApp' ? 'App' : 'Book'))] };
    case 'catalogAppGenres':
    case 'catalogBookGenres':
      return { data: [genreOf(single(call, id === 'catalogAppGenres' ? 'App' : 'Book'))] };
    case 'catalogSearch':
      return { results: { contents: found(call).map(item) } };
    case 'catalogGenres':
      return { data: [...genres].map(([genre, name]) => genreResource(genre, name, storefront)) };
    case 'catalogGenre': {
      const name = genres.get(params.id ?? '');
      if (name === undefined) throw notFound();
      return { data: [genreResource(params.id ?? '', name, storefront)] };
    }
    case 'catalogStorefronts':
      return { data: storefronts.map(storefrontResource) };
    case 'catalogStorefront':
      if (!storefronts.includes(params.id ?? '')) throw notFound();
      return { data: [storefrontResource(params.id ?? '')] };
    default:
      throw notFound();
  }
}

const isPublic = (entry: CatalogEntry) => isVisible(entry, undefined);

function ownerOf(call: Call, cookie: string | undefined): Location {
  const token = cookieToken(call.world, cookie);
  if (token === undefined)
    throw new CatalogRefusal(403, 'Forbidden', 'The content token is not valid, or no ids were given.');
  return token.location;
}

/** Items by id and platform; unknown ones are simply missing. */
function named(
  call: Call,
  parameter: string,
  productType: CatalogEntry['productType'],
  max: number,
  required: boolean,
): CatalogEntry[] {
  const platforms = platformsOf(call);
  const ids = listParameter(call.request.query, parameter);
  if (ids === undefined && required) throw missing(parameter);
  if (ids !== undefined && ids.length > max)
    throw new CatalogRefusal(400, 'Bad Request', `At most ${max} ids.`, parameter);
  const entries =
    ids === undefined
      ? call.world.catalog.all()
      : ids.map((id) => call.world.catalog.find(id)).filter((one) => one !== undefined);
  return entries.filter((entry) => entry.productType === productType && isOn(entry, platforms));
}

function owned(entries: readonly CatalogEntry[], owner: Location | undefined): CatalogEntry[] {
  return entries.filter(({ adamId }) => owner !== undefined && owns(owner, adamId));
}

function single(call: Call, productType: CatalogEntry['productType']): CatalogEntry {
  const entry = call.world.catalog.find(call.params.id ?? '');
  if (entry === undefined || entry.productType !== productType || !isPublic(entry)) throw notFound();
  return entry;
}

function found(call: Call): CatalogEntry[] {
  const { query } = call.request;
  const platforms = platformsOf(call);
  const term = textParameter(query, 'term')?.toLowerCase();
  if (term === undefined) throw missing('term');
  const types = listParameter(query, 'types');
  if (types === undefined) throw missing('types');
  return call.world.catalog
    .all()
    .filter(isPublic)
    .filter((entry) => types.includes(entry.productType === 'Book' ? 'books' : 'apps') && isOn(entry, platforms))
    .filter((entry) => `${entry.name} ${entry.maker}`.toLowerCase().includes(term));
}

function platformsOf(call: Call): string[] {
  const { query } = call.request;
  const platform = textParameter(query, 'platform');
  if (platform === undefined) throw missing('platform');
  const platforms = [platform, ...(listParameter(query, 'additionalPlatforms') ?? [])];
  if (platforms.some((name) => !platformNames.includes(name))) {
    throw new CatalogRefusal(400, 'Bad Request', `A platform is one of ${platformNames.join(', ')}.`, 'platform');
  }
  return platforms;
}

function missing(parameter: string): CatalogRefusal {
  return new CatalogRefusal(400, 'Bad Request', `${parameter} is missing.`, parameter);
}

function notFound(): CatalogRefusal {
  return new CatalogRefusal(404, 'Not Found', 'There is nothing with this id.');
}
