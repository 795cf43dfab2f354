import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import {
  DAY_MS,
  type Deps,
  makeDefaultRules,
  type Notify,
  reseal,
  resumeBatches,
  resumeNotifications,
  resumeReleases,
  resumeScans,
} from '@winesap/core';
import { createApple } from './apple/create-apple.ts';
import type { Limiters } from './apple/limiters.ts';
import { notices } from './apple/notice-of.ts';
import { pause } from './apple/pause.ts';
import { createSharedLimiters } from './apple/shared-limiters.ts';
import { createAuth } from './auth/create-auth.ts';
import { addOwnerFromSettings } from './auth/owner-from-settings.ts';
import { isSetupCode, setupCodeOf } from './auth/setup-code.ts';
import { hookBaseOf } from './config/hook-base.ts';
import type { Config } from './config/load-config.ts';
import { sealOptionsOf } from './config/seal-options.ts';
import { alertHandlers } from './http/alerts/alerts.ts';
import { channelHandlers } from './http/alerts/channels.ts';
import type { Context } from './http/edge/context.ts';
import { createHttp } from './http/edge/create-http.ts';
import { LiveHub } from './http/edge/live-hub.ts';
import { logHandlers } from './http/installation/log.ts';
import { metricsHandlers } from './http/installation/metrics.ts';
import { licenseHandlers } from './http/licenses/licenses.ts';
import { thresholdHandlers } from './http/licenses/thresholds.ts';
import { notificationHandlers } from './http/notifications/notifications.ts';
import { releaseHandlers } from './http/operations/releases.ts';
import { accessHandlers } from './http/organizations/access.ts';
import { treeHandlers } from './http/organizations/tree.ts';
import { scanHandlers } from './http/scans/scans.ts';
import { batchHandlers } from './http/tokens/batches.ts';
import { calendarHandlers } from './http/tokens/calendar.ts';
import { policyAssetHandlers } from './http/tokens/policy-assets.ts';
import { tokenHandlers } from './http/tokens/tokens.ts';
import { uploadHandlers } from './http/tokens/uploads.ts';
import { userHandlers } from './http/users/users.ts';
import { createInbox } from './inbox/create-inbox.ts';
import { createBoss } from './jobs/boss.ts';
import { jobsIn } from './jobs/enqueue.ts';
import { queueDepths } from './jobs/queue-depths.ts';
import { makeQueues, startJobs } from './jobs/start-jobs.ts';
import { startLiveFeed } from './live-feed.ts';
import type { Log } from './log/create-log.ts';
import { createMetrics } from './metrics/create-metrics.ts';
import { createNotify } from './notify/create-notify.ts';
import { createTargets } from './notify/create-targets.ts';
import { kindNamed } from './notify/kinds.ts';
import { openSeal } from './seal/seal.ts';
import { logResealed, warnOfDatabase, warnOfKeys } from './start-warnings.ts';
import { Changes } from './store/changes.ts';
import { createStore } from './store/create-store.ts';
import { migrate } from './store/engine/migrate.ts';
import { type Database, openDatabase } from './store/engine/open-database.ts';
import { BUDGETS_CHANNEL, type BudgetNote, createBudgets } from './store/installation/budgets.ts';
import { createCanWrite } from './store/installation/can-write.ts';
import { VERSION } from './version.ts';

const CONSOLE_DIR = fileURLToPath(new URL('../../web/dist', import.meta.url));

export type OpenDatabase = typeof openDatabase;

/** What a process does besides monitoring itself. */
export interface Part {
  /** `everybody`: console and API; `monitoring`: status and metrics. */
  answers: 'everybody' | 'monitoring';
  /** Runs scans, checks, and deliveries. */
  works: boolean;
}

export interface Winesap {
  url: string;
  /** The code for creating the first owner; null once there is one. */
  setupCode: string | null;
  stop(): Promise<void>;
}

/**
 * Assembles and starts the server: database, keys, people, Apple, jobs, HTTP. This is the only place that knows all
 * parts. They stop in the opposite order, so that nothing uses what is already closed.
 */
export async function startWinesap(
  config: Config,
  log: Log,
  part: Part,
  open: OpenDatabase = openDatabase,
): Promise<Winesap> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };
  try {
    return { ...(await start(config, log, part, open, stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  config: Config,
  log: Log,
  part: Part,
  open: OpenDatabase,
  stops: (() => Promise<unknown>)[],
): Promise<Omit<Winesap, 'stop'>> {
  const now = () => new Date();
  warnOfDatabase(log, config);
  const database = await open(
    config.databaseUrl === undefined
      ? { kind: 'embedded', dataDir: config.dataDir }
      : { kind: 'postgres', url: config.databaseUrl.reveal() },
  );
  stops.push(() => database.close());
  const applied = await migrate(database);
  if (applied.length > 0) log.info({ migrations: applied }, 'database brought up to date');

  const seal = await openSeal(sealOptionsOf(config));
  warnOfKeys(log, seal);
  const boss = createBoss(database, log, part.works);
  const storeOf = (db: Database['db']) => createStore(db, (trx) => jobsIn(boss, trx), database.engine);
  const installation = await database.db.selectFrom('installation').select('id').executeTakeFirstOrThrow();
  const metrics = createMetrics(VERSION);
  const limiters = database.engine === 'embedded' ? null : await shareLimits(database, stops);
  const hookBase = hookBaseOf(config);
  const deps: Deps & { notify: Notify } = {
    store: storeOf(database.db),
    seal,
    notices,
    now,
    newId: randomUUID,
    pause,
    channelKinds: kindNamed,
    targets: createTargets({ allowPrivate: config.allowPrivateTargets }),
    notify: createNotify({ allowPrivate: config.allowPrivateTargets, now }),
    apple: createApple({
      baseUrl: config.appleUrl,
      timeoutMs: config.appleTimeoutMs,
      version: VERSION,
      ...(limiters && { limiters }),
      markOf: seal.fingerprint,
      onExchange: (exchange) => {
        metrics.exchanged(exchange);
        log.debug({ ...exchange }, 'apple exchange');
      },
    }),
    installationId: installation.id,
    settings: {
      checkEveryMs: config.checkMinutes * 60_000,
      scanEveryMs: config.scanHours * 3_600_000,
      confirmAfterMs: config.confirmSeconds * 1000,
      keepEventsDays: config.eventDays,
      unknownAfterMs: config.unknownHours * 3_600_000,
      consoleUrl: config.publicUrl ?? null,
      hookBase: hookBase.base,
      rotateSecretEveryMs: config.notificationSecretDays * DAY_MS,
      keepNotificationsDays: config.notificationDays,
    },
  };

  const auth = await createAuth({
    db: database.db,
    publicUrl: config.publicUrl ?? null,
    secret: seal.derive('sign-in'),
    log,
  });
  await addOwnerFromSettings(config, auth.people, log);
  const setupCode = setupCodeOf(seal.derive(`setup code of ${installation.id}`));
  logResealed(log, await reseal(deps, 'unbound'));

  const changes = new Changes(() => database.heard());
  const hub = new LiveHub(VERSION, auth.isGood, now);
  stops.push(async () => hub.close());
  stops.push(await startLiveFeed(database, hub, changes, now, log));
  const context: Context = {
    deps,
    db: database.db,
    auth,
    isSetupCode: (typed) => isSetupCode(typed, setupCode),
    hub,
    version: VERSION,
    demo: config.demo,
    appleUrl: config.appleUrl,
    keptDays: config.eventDays,
    hook: { base: hookBase.base, off: hookBase.base === null ? hookBase.off : null },
    metrics,
    metricsAssets: config.metricsAssets,
    queueDepths: () => queueDepths(database),
    writeTrouble: createCanWrite(database, database.engine === 'embedded' ? config.dataDir : null, now),
    now,
  };
  const inbox = createInbox(deps, {
    perSecond: config.notificationsPerSecond,
    log,
    counted: { received: metrics.notificationReceived, refused: metrics.notificationRefused },
  });
  const app = await createHttp({
    inbox,
    auth,
    changes,
    now,
    log,
    publicUrl: config.publicUrl ?? null,
    trustedProxies: config.trustedProxies ?? [],
    allowedHosts: config.allowedHosts ?? [],
    requestTimeoutMs: config.requestSeconds * 1000,
    stopWithinMs: config.stopSeconds * 1000,
    consoleDir: CONSOLE_DIR,
    metrics: config.metrics,
    answers: part.answers,
    handlers: {
      ...accessHandlers(context),
      ...treeHandlers(context),
      ...policyAssetHandlers(context),
      ...tokenHandlers(context),
      ...scanHandlers(context),
      ...licenseHandlers(context),
      ...userHandlers(context),
      ...releaseHandlers(context),
      ...thresholdHandlers(context),
      ...uploadHandlers(context),
      ...batchHandlers(context),
      ...alertHandlers(context),
      ...channelHandlers(context),
      ...logHandlers(context),
      ...metricsHandlers(context),
      ...calendarHandlers(context),
      ...notificationHandlers(context),
    },
  });
  await makeDefaultRules(deps);
  await boss.start();
  stops.push(() => boss.stop());
  stops.push(() => inbox.stop());
  const listening = Promise.withResolvers<void>();
  stops.push(async () => listening.resolve());
  await makeQueues(boss);
  const store = storeOf(database.patient);
  const working = {
    deps: { ...deps, store },
    database,
    log,
    listening: listening.promise,
    whenIdle: () => inbox.whenIdle(),
  };
  if (part.works) stops.push(await startJobs(boss, working, metrics.jobEnded));
  // On the embedded engine, no other process can be at work, so everything marked as running is left over.
  if (database.engine === 'embedded') {
    await resumeScans(deps, 0, 0);
    await resumeNotifications(deps, 0);
    await resumeBatches(deps, 0);
  }
  await resumeReleases(deps);

  const port = part.answers === 'everybody' ? config.port : config.workerPort;
  const url = await app.listen({ host: config.host, port });
  stops.push(() => {
    // A stream never finishes, so closing does not wait for it.
    hub.close();
    return app.close();
  });
  listening.resolve();
  log.info({ url, engine: database.engine, apple: config.appleUrl }, 'listening');
  const isFirstRun = part.answers === 'everybody' && (await auth.people.count()) === 0;
  return { url, setupCode: isFirstRun ? setupCode : null };
}

/** Other processes on the same database read the same locations. */
async function shareLimits(database: Database, stops: (() => Promise<unknown>)[]): Promise<Limiters> {
  const shared = createSharedLimiters(createBudgets(database.db));
  const stopHearing = await database.listen(
    BUDGETS_CHANNEL,
    (payload) => {
      const { uId, sender } = JSON.parse(payload) as BudgetNote;
      shared.heard(uId, sender);
    },
    () => shared.missed(),
  );
  stops.push(async () => {
    await shared.close();
    await stopHearing();
  });
  return shared.limiters;
}
