import { routes } from '@winesap/api';
import { SEVERITY } from '@winesap/core';
import { type FuzzLocation, type FuzzWorld, type FuzzWorldOptions, MINUTE, startFuzzWorld } from './fuzz-world.ts';
import { differences, judge, type Shown } from './judge.ts';
import { createRandom } from './random.ts';
import { showHolders, showLocation, showMetrics } from './show.ts';
import { claimedStates, type Run, randomStep, renewNow } from './steps.ts';

export interface FuzzOptions {
  seed: number;
  /** How long to continue after everything has started; a round is always completed. */
  forMs: number;
  locations: number;
  world: FuzzWorldOptions;
  /** Steps between two intervals without faults. */
  stepsPerRound: number;
  only: ReadonlySet<string> | null;
  say: (line: string) => void;
}

export interface FuzzOutcome {
  rounds: number;
  steps: number;
  /** What was shown but not true, with all previous steps; null: nothing. */
  violation: { said: string[]; log: string[]; events: string } | null;
  told: ReadonlyMap<string, number>;
  /** Of the server's process, by minutes of the run. */
  memory: { minute: number; bytes: number }[];
}

/** One scan per location is due in it; rechecks follow in the first of them. */
const HONEST_HOPS_MINUTES = [3, 5, 7, 10, 10, 15, 15];
const HONEST_MINUTES = HONEST_HOPS_MINUTES.reduce((sum, one) => sum + one, 0);
/** Users are read this often if there is no sign of a change. */
const USERS_MINUTES = 24 * 60;
/** What is shown may be as old as the longest delay of counts. */
const MARGIN_MS = 10 * MINUTE;
const SAMPLE_EVERY_MS = MINUTE;
const DEAD_WORDS = /revoked|invalid|expired|not valid/i;
const KEPT_STEPS = 400;

class Violation extends Error {
  readonly said: string[];

  constructor(said: string[]) {
    super(said.join('\n'));
    this.said = said;
  }
}

/**
 * Mixes faults, correct answers, changes, and restarts until time is up, or until something is shown that was never
 * true.
 */
export async function runFuzz(options: FuzzOptions): Promise<FuzzOutcome> {
  const { seed, forMs, say } = options;
  const world = await startFuzzWorld(options.world);
  const run: Run = { world, random: createRandom(seed), lies: [], told: new Map(), only: options.only };
  const outcome: FuzzOutcome = { rounds: 0, steps: 0, violation: null, told: run.told, memory: [] };
  const log: string[] = [];
  const noted = (line: string) => {
    log.push(`${new Date(world.now()).toISOString()} ${line}`);
    if (log.length > KEPT_STEPS) log.shift();
    say(line);
  };
  let startedAt = performance.now();
  const enough = () => performance.now() - startedAt > forMs;
  const sample = () => {
    const minute = (performance.now() - startedAt) / MINUTE;
    if (minute - (outcome.memory.at(-1)?.minute ?? -1) < SAMPLE_EVERY_MS / MINUTE) return;
    outcome.memory.push({ minute, bytes: world.residentBytes() });
  };

  try {
    while (world.locations.length < options.locations) await world.add();
    await world.idle();
    startedAt = performance.now();
    while (!enough()) {
      for (let step = 0; step < options.stepsPerRound && !enough(); step++) {
        const { done, location } = await randomStep(run);
        noted(done);
        outcome.steps += 1;
        sample();
        const isStillHere = world.locations.includes(location);
        await look(run, isStillHere && run.random.chance(0.7) ? location : run.random.one(world.locations));
      }
      noted('Apple is honest for one interval');
      await beHonest(run);
      outcome.rounds += 1;
    }
  } catch (error) {
    const said =
      error instanceof Violation ? error.said : [error instanceof Error ? String(error.stack) : String(error)];
    outcome.violation = { said, log, events: await lastEvents(world).catch(String) };
  } finally {
    await world.end();
  }
  return outcome;
}

/** Returns Winesap's last events, for finding the cause. */
async function lastEvents({ api, apple }: FuzzWorld): Promise<string> {
  const { events } = await api.call(routes.listEvents, { query: { limit: 40 } });
  const { active } = await apple.faults();
  return [
    ...events.map(({ at, receiverName, code, text }) => `${at} ${receiverName}: ${code}: ${text}`),
    JSON.stringify(active),
  ].join('\n');
}

/** Checks a location, monitoring and alerts for all of them, and errors in the log. */
async function look(run: Run, location: FuzzLocation): Promise<void> {
  const { world } = run;
  await world.note(location);
  const shown = await showLocation(world.api, location.at.uId, location.tokenId);
  const { mayGain } = location;
  const wrong = shown.flatMap((one) => judge(one, location.history.all, { mayGain, isNotified: world.isNotified }));
  wrong.push(...(await wrongHolders(run, location, shown)));
  wrong.push(...(await wrongScans(world, location)));
  const metrics = (await showMetrics(world.api)).get(location.at.uId);
  if (metrics !== undefined)
    wrong.push(...judge(metrics, location.history.all, { mayGain, isNotified: world.isNotified }));
  wrong.push(...(await wrongStates(run)), ...(await wrongAlerts(world)), ...world.faultsInLog());
  if (wrong.length > 0) throw new Violation(wrong.map((text) => `${location.at.uId} ${text}`));
  if (shown.every((one) => differences(one, location.history.last).length === 0))
    location.history.forgetBefore(world.now() - MARGIN_MS);
}

async function wrongHolders(
  { world, random }: Run,
  location: FuzzLocation,
  shown: readonly Shown[],
): Promise<string[]> {
  const listed = shown.find(({ source }) => source === 'assets');
  const keys = [...(listed?.assets?.keys() ?? [])].sort();
  if (listed === undefined || keys.length === 0) return [];
  const key = random.one(keys);
  const truths = location.history.all.map((truth) => ({
    ...truth,
    held: new Set([...truth.held].filter((row) => row.startsWith(`${key} `))),
  }));
  const holders = await showHolders(world.api, location.at.uId, key);
  return holders.flatMap((one) => judge({ ...one, readAt: listed.readAt }, truths, { mayGain: location.mayGain }));
}

/**
 * No scan may report a larger loss than there was. Things that Apple invented and Winesap believed may be taken back.
 */
async function wrongScans({ api }: FuzzWorld, { tokenId, history, mayGain }: FuzzLocation): Promise<string[]> {
  const { scans } = await api.call(routes.listScans, { params: { tokenId }, query: { limit: 3 } });
  return scans.flatMap(({ id, changes }) => {
    if (changes === null) return [];
    const { assetsGone, usersGone, unassigned, usersRetired } = changes;
    return [
      assetsGone > 0 ? `scan ${id} says that ${assetsGone} assets are gone` : '',
      usersGone > 0 ? `scan ${id} says that ${usersGone} users are gone` : '',
      !mayGain && unassigned > history.unassigned ? `scan ${id} says that ${unassigned} licenses were given back` : '',
      usersRetired > history.retired ? `scan ${id} says that ${usersRetired} users retired` : '',
    ].filter((text) => text !== '');
  });
}

/** No token may be shown as broken in a way that Apple never claimed permanently. */
async function wrongStates(run: Run): Promise<string[]> {
  const { world } = run;
  const { tokens } = await world.api.call(routes.listTokens, { query: {} });
  return world.locations.flatMap((location) => {
    const token = tokens.find(({ tokenId }) => tokenId === location.tokenId);
    if (token === undefined) return [`the token of ${location.at.uId} is not listed`];
    const { state } = token.health;
    if (SEVERITY[state] === 'broken' && !location.mayBe.has(state))
      return [`the token of ${location.at.uId} is ${state}, and lives`];
    if (state === 'healthy') location.mayBe = claimedStates(run, location);
    return [];
  });
}

async function wrongAlerts(world: FuzzWorld): Promise<string[]> {
  const { alerts } = await world.api.call(routes.listAlerts, { query: { state: 'open', limit: 500 } });
  return alerts.flatMap((alert) => {
    const location = world.locations.find(({ tokenId }) => tokenId === alert.tokenId);
    if (location === undefined) return [];
    const isOfDeath = alert.kind === 'state' && DEAD_WORDS.test(alert.title);
    if (isOfDeath && !location.was.has('revoked')) return [`alert: ${alert.title}`];
    return alert.kind === 'licenses' ? judgeLow(alert.title, location) : [];
  });
}

/** “Only 3 licenses of “Keynote” are left at Barn, of 20.” */
function judgeLow(title: string, { history }: FuzzLocation): string[] {
  const [, left, total] = /^(?:Only ([\d,]+)|No) .*, of ([\d,]+)\.$/.exec(title) ?? [];
  if (total === undefined) return [`alert that cannot be read: ${title}`];
  const number = (text: string | undefined) => Number((text ?? '0').replaceAll(',', ''));
  return history.hadLeft(number(left), number(total)) ? [] : [`alert: ${title}`];
}

/**
 * No faults for one interval; then everything has to be correct without a person's help, except for revoked tokens.
 * Users have their own interval: one changed without a notification is read once a day (ADR 0042).
 */
async function beHonest(run: Run): Promise<void> {
  const { world } = run;
  await world.apple.endFaults();
  run.lies = [];
  for (const location of world.locations) {
    if (!location.isRevoked) continue;
    const said = await renewNow(world, location);
    if (said !== 'done') throw new Violation([`${location.at.uId} a revoked token cannot be renewed: ${said}`]);
    location.isRevoked = false;
  }
  for (const minutes of HONEST_HOPS_MINUTES) {
    await world.advance(minutes * MINUTE);
    await look(run, run.random.one(world.locations));
  }
  await expectTruth(run, 'an honest interval', ({ users }) => users === undefined);
  await world.advance(USERS_MINUTES * MINUTE);
  await world.advance(HONEST_MINUTES * MINUTE);
  await expectTruth(run, 'an honest day', () => true);
  for (const location of world.locations) {
    location.mayBe.clear();
    location.mayGain = false;
    location.history.forgetBefore(world.now() - MARGIN_MS);
  }
}

/** Everything that is shown matches Apple, and every token works. */
async function expectTruth({ world }: Run, after: string, isAsked: (shown: Shown) => boolean): Promise<void> {
  const metrics = await showMetrics(world.api);
  const { tokens } = await world.api.call(routes.listTokens, { query: {} });
  for (const { at, tokenId, history } of world.locations) {
    const { uId } = at;
    const shown = await showLocation(world.api, uId, tokenId);
    const said = metrics.get(uId);
    const all = [...shown, ...(said === undefined ? [] : [said])].filter(isAsked);
    const wrong = all.flatMap((one) => differences(one, history.last));
    const state = tokens.find((token) => token.tokenId === tokenId)?.health.state;
    if (state !== 'healthy') wrong.push(`the token is ${state}`);
    if (wrong.length > 0) throw new Violation(wrong.map((text) => `${uId} after ${after}: ${text}`));
  }
}
