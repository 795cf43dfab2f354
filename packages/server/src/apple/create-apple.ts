import { createHash } from 'node:crypto';
import {
  type AppleClient,
  type AssignmentFilters,
  type CallOptions,
  createAppleClient,
  type Exchange,
} from '@winesap/apple-client';
import type { Apple, AppleLocation, Assignment, AssignmentPage, Effort, MdmInfo, PagePlace } from '@winesap/core';
import { AGREES } from '@winesap/core';
import { translate, translated } from './apple-failure.ts';
import { AssetRows, readAssetPages } from './asset-pages.ts';
import { cleanOrNull } from './clean-text.ts';
import { Limiters } from './limiters.ts';
import { assetOf, assignmentOf, configOf, metadataOf, progressOf, trailerOf, userOf } from './map.ts';
import { OfferedTypes } from './offered-types.ts';
import { createPublishedRate } from './published-rate.ts';
import { releaseClaim } from './release-claim.ts';
import { releaseHook } from './release-hook.ts';
import { userPages } from './user-pages.ts';
import { withAdvice } from './with-advice.ts';

export interface AppleOptions {
  baseUrl: string;
  /** Time for one attempt; while a person waits, at most ten seconds. */
  timeoutMs: number;
  version: string;
  onExchange?: (exchange: Exchange) => void;
  /** Default: only this process reads its locations. */
  limiters?: Limiters;
  /** Fingerprints a secret: secrets that Apple shows in clear text do not leave this adapter. */
  markOf: (secret: string) => string;
}

/**
 * For a person in front of a window: two attempts, a second or two apart, and some answer within this time. If Apple
 * asks to wait longer, the person learns that immediately.
 */
const QUICK_BUDGET_MS = 25_000;
const QUICK_ATTEMPT_MS = 10_000;
const QUICK_FIRST_WAIT_MS = 2_000;

/** Creates the port to Apple over our client. */
export function createApple(options: AppleOptions): Apple {
  const limiters = options.limiters ?? new Limiters();
  const publishedRate = createPublishedRate((rate) => limiters.publishedRate(rate));
  const offered = new OfferedTypes();
  const open = (contentToken: string, limitsOf: string | null, uId?: string): AppleLocation => {
    let requests = 0;
    const fileMark = createHash('sha256').update(contentToken).digest('base64url');
    const limiter = limiters.of(limitsOf, fileMark);
    const common = {
      contentToken,
      uId,
      ...(options.baseUrl === PRODUCTION ? {} : { baseUrl: options.baseUrl }),
      limiter,
      userAgent: `winesap/${options.version}`,
    };
    const client = createAppleClient({
      ...common,
      onExchange: (exchange) => {
        requests += 1;
        options.onExchange?.(exchange);
      },
    });
    // Apple's limits do not belong to any particular request.
    const forAll = createAppleClient({ ...common, ...(options.onExchange && { onExchange: options.onExchange }) });
    return locationOf(client, options, {
      requests: () => requests,
      withAdvice: (call) => withAdvice(limiter, call),
      learn: (known) => limiters.learn(fileMark, known),
      manyRequestsAhead: () => publishedRate.refresh(() => forAll.serviceConfig({ retry: false })),
      offeredTypes: (ask) => offered.get(ask),
    });
  };
  return {
    open: (contentToken, uId) => open(contentToken, uId, uId),
    openFile: (contentToken, beside) => open(contentToken, beside),
  };
}

const PRODUCTION = 'https://vpp.itunes.apple.com';

/** What a location shares with its other readers in this process. */
interface Surroundings {
  requests(): number;
  withAdvice<T>(call: () => Promise<T>): Promise<T>;
  learn(uId: string): void;
  /** Reads Apple's limits, which should be current. */
  manyRequestsAhead(): void;
  offeredTypes(ask: () => Promise<readonly string[]>): Promise<readonly string[]>;
}

function locationOf(client: AppleClient, options: AppleOptions, around: Surroundings): AppleLocation {
  const call = (effort: Effort, signal: unknown): CallOptions =>
    callOptions(effort, signal as AbortSignal | undefined, options.timeoutMs);
  return {
    get requests() {
      return around.requests();
    },
    clientConfig: async (effort, signal) => {
      const read = () =>
        translated(async () => configOf(await client.clientConfig(call(effort, signal)), options.markOf));
      const config = await (effort === 'quick' ? around.withAdvice(read) : read());
      if (config.uId !== null) around.learn(config.uId);
      return config;
    },
    probe: (effort, signal) => {
      const read = () => translated(async () => trailerOf(await client.assetPage(0, {}, call(effort, signal))));
      return effort === 'quick' ? around.withAdvice(read) : read();
    },
    async account(signal) {
      try {
        const legacy = await client.legacyClientConfig({ ...call('quick', signal), retry: false });
        return {
          appleId: cleanOrNull(legacy.appleId),
          email: cleanOrNull(legacy.email),
          appleOrganizationId: cleanOrNull(legacy.organizationId),
        };
      } catch {
        // Best effort by contract: the older service is in maintenance, and nothing important depends on it.
        return null;
      }
    },
    assets: (effort, notify, signal) =>
      translated(() => readAssetPages(client, call(effort, signal), notify, () => around.manyRequestsAhead())),
    firstAssets: (signal) =>
      translated(async () => {
        const page = await client.assetPage(0, {}, call('patient', signal));
        const list = new AssetRows();
        list.add(page);
        const { assets, evidence } = list.read();
        const complete = page.nextPageIndex === null;
        // The first of several pages must not be judged by the number of pages.
        const first = complete || evidence.kind !== 'contradicts' || evidence.about !== 'pages' ? evidence : AGREES;
        return { versionId: page.versionId, assets, evidence: first, complete, trailer: trailerOf(page) };
      }),
    assignmentPages: (sinceVersion, signal, from) =>
      assignmentPages(
        client,
        sinceVersion === null ? {} : { sinceVersionId: sinceVersion },
        { ...call('patient', signal), from: from ?? undefined },
        () => around.manyRequestsAhead(),
      ),
    asset: ({ adamId, pricingParam }, signal) =>
      translated(async () => {
        const { rows } = await client.assets({ adamId, pricingParam }, call('patient', signal));
        const asset = rows.find((row) => row.adamId === adamId && row.pricingParam === pricingParam);
        return asset === undefined ? null : assetOf(asset);
      }),
    async *holderPages({ adamId, pricingParam }, signal) {
      for await (const page of assignmentPages(client, { adamId, pricingParam }, call('patient', signal))) {
        // Whether a filter can be combined with a version while the data changes is not documented.
        const rows = page.rows.filter((row) => row.adamId === adamId && row.pricingParam === pricingParam);
        yield { ...page, rows };
      }
    },
    userPages: (sinceVersion, signal) =>
      userPages(client, sinceVersion, call('patient', signal), () => around.manyRequestsAhead()),
    usersNamed: (clientUserId, signal) =>
      translated(async () => {
        const { rows } = await client.users({ clientUserId }, call('patient', signal));
        // Checks the rows: a service that does not know a filter returns everything.
        return rows.filter((row) => row.clientUserId === clientUserId).map(userOf);
      }),
    metadata: (adamIds, country, platform, signal) =>
      translated(async () => {
        const request = { ids: adamIds, storefront: country ?? 'us', platform: platform ?? 'enterprisestore' };
        const items = await client.lookup(request, call('patient', signal));
        return adamIds.map((adamId) => metadataOf(adamId, items.get(adamId)));
      }),
    notificationTypes: (signal) =>
      translated(() =>
        around.offeredTypes(async () => (await client.serviceConfig(call('patient', signal))).notificationTypes),
      ),
    setHook: (claim, { url, secret, types }, signal) =>
      translated(async () => {
        const hook = { notificationUrl: url, notificationAuthToken: secret, notificationTypes: types };
        await client.setClientConfig({ mdmInfo: sentMdmInfo(claim), ...hook }, call('quick', signal));
      }),
    releaseHook: (claim, hook, signal) =>
      translated(() => releaseHook(client, sentMdmInfo(claim), hook, call('quick', signal))),
    disassociate: (assignment, signal) =>
      translated(async () => {
        const { adamId, pricingParam } = assignment;
        const request = {
          assets: [{ adamId, pricingParam }],
          ...(device(assignment) ? { serialNumbers: [assignment.holder] } : { clientUserIds: [assignment.holder] }),
        };
        // Retried only if Apple rejected it immediately: a POST that may have arrived is not repeated.
        return (await client.disassociateAssets(request, call('patient', signal))).eventId;
      }),
    eventStatus: (eventId, signal) =>
      translated(async () => progressOf(await client.eventStatus(eventId, call('patient', signal)))),
    isAssigned: (assignment, signal) =>
      translated(async () => {
        const { adamId, pricingParam } = assignment;
        const filters = {
          adamId,
          pricingParam,
          ...(device(assignment) ? { serialNumber: assignment.holder } : { clientUserId: assignment.holder }),
        };
        const page = await client.assignmentPage(0, filters, call('patient', signal));
        // Checks the rows: a service that does not know a filter returns everything.
        return page.rows
          .flatMap(assignmentOf)
          .some(
            (row) => row.holder === assignment.holder && row.adamId === adamId && row.pricingParam === pricingParam,
          );
      }),
    claim: (info, signal) =>
      translated(async () => {
        await client.setClientConfig({ mdmInfo: sentMdmInfo(info) }, call('quick', signal));
      }),
    releaseClaim: (installationId, signal) =>
      translated(() => releaseClaim(client, installationId, call('quick', signal))),
  };
}

async function* assignmentPages(
  client: AppleClient,
  filters: AssignmentFilters,
  options: CallOptions & { from?: PagePlace | undefined },
  onMoreAhead: () => void = () => {},
): AsyncGenerator<AssignmentPage> {
  try {
    for await (const page of client.assignmentPages(filters, options)) {
      const { consistency, pageIndex, nextPageIndex, versionId, resumeVersionId } = page;
      if (nextPageIndex !== null) onMoreAhead();
      const still = consistency === 'one-version' && page.phase === 'pass';
      yield {
        rows: page.rows.flatMap(assignmentOf),
        list: page.phase === 'delta' ? null : { pageIndex, listed: page.rows.length, said: page.said },
        pageIndex,
        place: still ? { pageIndex: nextPageIndex ?? pageIndex, versionId } : null,
        resumeVersion: resumeVersionId,
        consistency,
      };
    }
  } catch (error) {
    throw translate(error);
  }
}

function sentMdmInfo(info: MdmInfo) {
  return { id: info.id ?? '', name: info.name ?? '', metadata: info.metadata ?? '' };
}

const device = ({ holderKind }: Assignment) => holderKind === 'device';

function callOptions(effort: Effort, signal: AbortSignal | undefined, timeoutMs: number): CallOptions {
  if (effort === 'patient') return signal === undefined ? { timeoutMs } : { timeoutMs, signal };
  const limit = AbortSignal.timeout(QUICK_BUDGET_MS);
  return {
    timeoutMs: Math.min(timeoutMs, QUICK_ATTEMPT_MS),
    retry: { attempts: 2, firstWaitMs: QUICK_FIRST_WAIT_MS, budgetMs: QUICK_BUDGET_MS },
    signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
  };
}
