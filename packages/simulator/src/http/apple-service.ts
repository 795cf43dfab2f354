import { setTimeout as sleep } from 'node:timers/promises';
import type { EndpointEntry, EndpointId } from '@winesap/contract';
import { type AnswerOutcome, strikeAnswer, tearPages } from '../faults/answer-faults.ts';
import { strikeEdge } from '../faults/edge-faults.ts';
import type { Faults, PageSeen } from '../faults/faults.ts';
import type { AnswerJson, Reread } from '../faults/lies/lie.ts';
import { ignoreFilters, isListing, strikeListing, wholeListing } from '../faults/listing-faults.ts';
import { strikeRefusal } from '../faults/refusal-faults.ts';
import { tellLies } from '../faults/tell-lies.ts';
import { parseJson } from '../parse-json.ts';
import type { Location } from '../world/location.ts';
import type { Token } from '../world/token.ts';
import type { World } from '../world/world.ts';
import { type Answer, json } from './answer.ts';
import { openHandlers, tokenHandlers } from './apple/handlers.ts';
import { authenticate, bearerIfAny, bearerOf, permit } from './authenticate.ts';
import { answerCatalog } from './catalog/catalog-service.ts';
import { RateLimit } from './rate.ts';
import { Refusal } from './refusal.ts';
import type { AppleRequest, Call } from './request.ts';
import type { RequestLog } from './request-log.ts';
import { findRoute, type Route } from './routes.ts';
import { v1Refusal } from './v1/v1-answer.ts';

/** What happens on the wire: an answer, cut off or not, a connection that is reset, or one that never answers. */
export type Outcome = AnswerOutcome | { kind: 'hang' };

/** Apple's side of HTTP: finds the endpoint, refuses in Apple's (assumed) order, lets faults strike, and answers. */
export class AppleService {
  readonly #world: World;
  readonly #faults: Faults;
  readonly #requests: RequestLog;
  readonly #log: (line: string) => void;
  readonly #limits = new Map<string, RateLimit>();

  constructor(world: World, faults: Faults, requests: RequestLog, log: (line: string) => void) {
    this.#world = world;
    this.#faults = faults;
    this.#requests = requests;
    this.#log = log;
  }

  async answer(request: AppleRequest): Promise<Outcome> {
    const startedAt = performance.now();
    const at = new Date(this.#world.clock.now()).toISOString();
    const found = findRoute(request.method, request.path);
    const endpoint = found === undefined ? undefined : 'wrongMethod' in found ? found.wrongMethod : found.endpoint;
    const location = this.#callerOf(request, endpoint)?.location;
    const write = found !== undefined && endpoint?.write === true && request.method === 'POST';
    const logged = this.#requests.begin(request.method, request.path, location?.uId, write);
    request.whenDone(logged.out);
    const outcome = await this.#outcome(request, found, endpoint, location);
    const answer = 'answer' in outcome ? outcome.answer : undefined;
    logged.answered({
      at,
      method: request.method,
      path: request.path,
      query: request.query.toString(),
      status: answer?.status ?? 0,
      ...(answer?.errorNumber === undefined ? {} : { errorNumber: answer.errorNumber }),
      ms: Math.round((performance.now() - startedAt) * 10) / 10,
    });
    return outcome;
  }

  /** Whose request it is, as far as that can be seen before anything is refused. */
  #callerOf(request: AppleRequest, endpoint: EndpointEntry | undefined): Token | undefined {
    if (endpoint?.auth === 'bearer') {
      const text = bearerIfAny(single(request.headers.authorization));
      return text === undefined ? undefined : this.#world.tokenByText(text);
    }
    if (endpoint?.auth !== 'body') return undefined;
    const sToken = objectOf(request.body)?.sToken;
    return typeof sToken === 'string' ? this.#world.tokenByText(sToken.trim()) : undefined;
  }

  async #outcome(
    request: AppleRequest,
    found: ReturnType<typeof findRoute>,
    endpoint: EndpointEntry | undefined,
    location: Location | undefined,
  ): Promise<Outcome> {
    if (found === undefined || endpoint === undefined) return { kind: 'answer', answer: this.#unknown(request) };
    const occasion = { uId: location?.uId, method: request.method, path: request.path };
    const edge = strikeEdge(this.#faults, occasion, location, Date.now(), this.#world.settings.unknowns.errorTexts);
    if (edge !== undefined) return edge;

    const verdict = this.#verdict(request, found, endpoint, location);
    const slow = this.#faults.strike('slow', occasion);
    const waitMs = this.#world.settings.latencyMs + Number(slow?.options.delayMs ?? 0);
    if (waitMs > 0) await sleep(waitMs, undefined, { ref: false });

    const answer = verdict instanceof Refusal ? this.#refuse(verdict, endpoint) : await this.#carryOut(verdict);
    const reread = async (instead: Reread) =>
      verdict instanceof Refusal ? undefined : this.#reread(verdict, location, instead);
    const told = await tellLies(this.#faults, answer, occasion, { world: this.#world, location, reread });
    return strikeAnswer(this.#faults, told, occasion);
  }

  /** What the same read answers for another page or location; undefined when it is refused. */
  async #reread(ready: Ready, location: Location | undefined, instead: Reread): Promise<AnswerJson | undefined> {
    const { request, route, token } = ready;
    const handler = tokenHandlers[route.id];
    if (route.endpoint.method !== 'GET' || handler === undefined || token === undefined) return undefined;
    const query = new URLSearchParams(request.query);
    if (instead.pageIndex !== undefined) query.set('pageIndex', String(instead.pageIndex));
    try {
      const call = this.#callOf({ ...ready, request: { ...request, query } });
      const body = await handler({ ...call, token, location: instead.location ?? location ?? token.location });
      return typeof body === 'string' ? JSON.parse(body) : { ...body };
    } catch (error) {
      if (error instanceof Refusal) return undefined;
      throw error;
    }
  }

  /** Everything that can be refused on arrival, in the assumed order; otherwise what is to be carried out. */
  #verdict(
    request: AppleRequest,
    found: NonNullable<ReturnType<typeof findRoute>>,
    endpoint: EndpointEntry,
    location: Location | undefined,
  ): Ready | Refusal {
    const page = 'id' in found ? pageAsked(request, found.id) : undefined;
    const occasion = { uId: location?.uId, method: request.method, path: request.path, page };
    try {
      const token = this.#tokenOf(request, endpoint);
      if (token !== undefined) permit(this.#world, token, endpoint.write);
      strikeRefusal(this.#faults, occasion, token, endpoint.write, request.query.has('sinceVersionId'));
      if (location !== undefined && token !== undefined) this.#throttle(location);
      if ('wrongMethod' in found) throw new Refusal(9726);
      if (token !== undefined && endpoint.auth === 'bearer') token.location.usedWithV2 = true;
      return { request, route: found, token, body: bodyOf(request, endpoint) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const wrongStatus = error.errorNumber === 9622 ? this.#faults.strike('wrong-status-9622', occasion) : undefined;
      return wrongStatus === undefined ? error : new Refusal(9622, { status: Number(wrongStatus.options.status) });
    }
  }

  /** The living token of an endpoint that wants one: in a header, or in the body (9602 without a body, 9601 without a token). */
  #tokenOf(request: AppleRequest, endpoint: EndpointEntry): Token | undefined {
    if (endpoint.auth === 'bearer') return authenticate(this.#world, bearerOf(single(request.headers.authorization)));
    if (endpoint.auth !== 'body') return undefined;
    const body = objectOf(request.body);
    if (body === undefined) throw new Refusal(9602);
    if (typeof body.sToken !== 'string' || body.sToken.trim() === '') throw new Refusal(9601);
    return authenticate(this.#world, body.sToken);
  }

  #throttle(location: Location): void {
    const { rateLimit, atOnceLimit, limits, unknowns } = this.#world.settings;
    const retryAfter = unknowns.retryAfterOn429;
    const refusal = () => new Refusal(9646, retryAfter > 0 ? { headers: { 'retry-after': String(retryAfter) } } : {});
    if (atOnceLimit !== null && this.#requests.meter(location.uId).atOnce > atOnceLimit) throw refusal();
    if (!rateLimit) return;
    const limit = this.#limits.get(location.uId) ?? new RateLimit();
    this.#limits.set(location.uId, limit);
    if (!limit.take(performance.now(), limits.maxRequestPerSecond ?? 15, unknowns.refusedCountForRate)) throw refusal();
  }

  #callOf({ request, route: { endpoint, params }, body }: Ready): Call {
    return {
      world: this.#world,
      endpoint,
      request,
      body,
      params,
      listing: wholeListing(this.#world.settings.pageSize),
    };
  }

  async #carryOut(ready: Ready): Promise<Answer> {
    const { request, route, token } = ready;
    const { endpoint, id } = route;
    const { uId } = token?.location ?? {};
    const occasion = { uId, method: request.method, path: request.path, page: pageAsked(request, id) };
    const { pageSize, unknowns } = this.#world.settings;
    const ignoring = isListing(id) ? ignoreFilters(this.#faults, request.query, occasion) : request.query;
    const plain = this.#callOf({ ...ready, request: { ...request, query: ignoring } });
    const listed = isListing(id) ? token?.location : undefined;
    const call =
      isListing(id) && listed !== undefined
        ? { ...plain, listing: strikeListing(this.#faults, id, listed, occasion, pageSize) }
        : plain;
    try {
      const tokenHandler = tokenHandlers[id];
      if (tokenHandler !== undefined && token !== undefined) {
        const answer = json(200, await tokenHandler({ ...call, token, location: token.location }));
        if (listed !== undefined) tearPages(this.#faults, listed, occasion, unknowns);
        return answer;
      }
      if (endpoint.api === 'catalog') return answerCatalog(id, call);
      const openHandler = openHandlers[id];
      return openHandler === undefined ? this.#unknown(request) : json(200, openHandler(call));
    } catch (error) {
      if (error instanceof Refusal) return this.#refuse(error, endpoint);
      throw error;
    }
  }

  #refuse(refusal: Refusal, endpoint: EndpointEntry): Answer {
    const { errorNumber, headers } = refusal;
    const { errorTexts } = this.#world.settings.unknowns;
    if (endpoint.api === 'v1') return { ...json(200, v1Refusal(refusal, errorTexts), { ...headers }), errorNumber };
    return { ...json(refusal.status, refusal.body('answers', errorTexts), { ...headers }), errorNumber };
  }

  #unknown({ method, path }: AppleRequest): Answer {
    this.#log(`not simulated: ${method} ${path}`);
    return json(this.#world.settings.unknowns.unknownPath, { simulator: `${method} ${path} is not simulated.` });
  }
}

interface Ready {
  readonly request: AppleRequest;
  readonly route: Route;
  readonly token: Token | undefined;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The JSON object of a POST that takes one: 9727 for another content type, 9602 for what is no object. */
function bodyOf(request: AppleRequest, endpoint: EndpointEntry): Readonly<Record<string, unknown>> {
  if (endpoint.method !== 'POST' || endpoint.request === undefined || endpoint.auth === 'none') return {};
  const type = (single(request.headers['content-type']) ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json' && endpoint.api !== 'v1') throw new Refusal(9727);
  const body = objectOf(request.body);
  if (body === undefined) throw new Refusal(9602);
  return body;
}

function objectOf(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  const value = parseJson(body)?.value;
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** Which page of a listing is asked for; undefined when it is none. */
function pageAsked({ query }: AppleRequest, id: EndpointId): PageSeen | undefined {
  if (!isListing(id)) return undefined;
  const index = Number(query.get('pageIndex') ?? 0);
  return Number.isInteger(index) ? { index, last: undefined } : undefined;
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
