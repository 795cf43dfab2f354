import { type Api, routes } from '@winesap/api';
import { contentManagerOf, renew } from '@winesap/testkit';
import { type FuzzLocation, type FuzzWorld, MINUTE, SECOND } from './fuzz-world.ts';
import { type Lie, randomLie } from './lie-menu.ts';
import type { Random } from './random.ts';

/** An active fault. */
export interface ToldLie extends Lie {
  id: string;
}

/** The state of a run between steps. */
export interface Run {
  world: FuzzWorld;
  random: Random;
  lies: ToldLie[];
  /** Names of the faults used, and how often. */
  told: Map<string, number>;
  /** Only these faults, by name; null: any. */
  only: ReadonlySet<string> | null;
}

type Step = (run: Run, location: FuzzLocation) => Promise<string>;

const MOST_LIES = 3;

/** Each step with its weight. A step returns in words what it did. */
const STEPS: readonly (readonly [weight: number, step: Step])[] = [
  [11, tellLie],
  [1, endLies],
  [4, churn],
  [3, buy],
  [2, changeUsers],
  [1, rename],
  [4, scanNow],
  [3, readEverything],
  [2, scanWhileThingsChange],
  [2, checkNow],
  [5, letTimePass],
  [0.4, (run) => restart(run, 'kill')],
  [0.3, (run) => restart(run, 'stop')],
  [1, renewToken],
  [0.7, comeAndGo],
  [0.2, revoke],
];

/** Runs a step. Returns what it did, in words, and where. */
export async function randomStep(run: Run): Promise<{ done: string; location: FuzzLocation }> {
  const { random, world } = run;
  const location = random.one(world.locations);
  const done = await random.weighted(STEPS)(run, location);
  await world.note(location);
  return { done, location };
}

async function tellLie(run: Run): Promise<string> {
  const { world, random, lies } = run;
  const { active } = await world.apple.faults();
  run.lies = lies.filter(({ id }) => active.some((one) => one.id === id));
  const uIds = world.locations.map(({ at }) => at.uId);
  if (run.only?.size === 0) return 'no lies, as was wished';
  let lie = randomLie(random, uIds);
  while (run.only?.has(lie.fault.name) === false) lie = randomLie(random, uIds);
  if (run.lies.length >= MOST_LIES) {
    const [oldest] = run.lies.splice(0, 1);
    if (oldest !== undefined) await world.apple.endFault(oldest.id).catch(() => undefined);
  }
  if (!mayJoin(lie, run.lies)) return `no ${lie.fault.name} beside the others`;
  const id = await world.apple.fault(lie.fault);
  run.lies.push({ ...lie, id });
  run.told.set(lie.fault.name, (run.told.get(lie.fault.name) ?? 0) + 1);
  for (const location of world.locations) suffer(location, lie);
  return `lie ${JSON.stringify(lie.fault)}`;
}

/** What Winesap may believe from now on. */
function suffer(location: FuzzLocation, lie: Lie): void {
  if (lie.fault.uId !== undefined && lie.fault.uId !== location.at.uId) return;
  if (lie.breaks !== undefined) mayBe(location, lie.breaks);
  if (lie.touches !== 'other') location.mayGain = true;
}

function mayBe(location: FuzzLocation, state: string): void {
  location.mayBe.add(state);
  location.was.add(state);
}

/** The states that Apple now claims, or that are true. */
export function claimedStates({ lies }: Run, { at, isRevoked }: FuzzLocation): Set<string> {
  const here = lies.filter(({ fault }) => fault.uId === undefined || fault.uId === at.uId);
  return new Set([...(isRevoked ? ['revoked'] : []), ...here.flatMap(({ breaks }) => breaks ?? [])]);
}

/** Excludes combinations that could be consistent together. */
function mayJoin(lie: Lie, lies: readonly Lie[]): boolean {
  const lasting = lies.filter((one) => !one.brief && one.touches !== 'other');
  if (!lie.brief && lie.touches !== 'other' && lasting.some((one) => one.touches !== lie.touches)) return false;
  // As many too many assigned as too few available: such counts add up.
  if (lie.touches === 'counts' && lies.some((one) => one.touches === 'counts')) return false;
  // Two of them in sequence might be mistaken for two endpoints that agree.
  return lie.fault.name !== 'stray-refusal' || lies.every((one) => one.fault.name !== 'stray-refusal');
}

async function endLies(run: Run): Promise<string> {
  await run.world.apple.endFaults();
  run.lies = [];
  return 'honest';
}

/** A consistent fault is not repeated minutes later. */
async function endBriefLies(run: Run): Promise<void> {
  for (const { id } of run.lies.filter(({ brief }) => brief)) await run.world.apple.endFault(id).catch(() => undefined);
  run.lies = run.lies.filter(({ brief }) => !brief);
}

async function churn({ world, random }: Run, { at }: FuzzLocation): Promise<string> {
  const change = { assign: random.from(0, 4), unassign: random.from(0, 3), notify: random.chance(0.5) };
  await world.apple.churn(at.uId, change);
  return `churn ${at.uId} ${JSON.stringify(change)}`;
}

async function buy({ world, random }: Run, { at, history }: FuzzLocation): Promise<string> {
  const known = [...history.last.assets.keys()].map((key) => key.split(' ')[0] ?? '');
  const adamId = random.chance(0.8) ? random.one(known) : String(random.from(800_000_000, 899_999_999));
  const quantity = random.chance(0.7) ? random.from(1, 9) : -random.from(1, 3);
  return world.apple.buy(at.uId, { adamId, quantity }).then(
    () => `buy ${at.uId} ${adamId} ${quantity}`,
    () => `no refund of ${adamId} ${at.uId}`,
  );
}

async function changeUsers({ world, random }: Run, { at, file, history }: FuzzLocation): Promise<string> {
  const known = [...history.last.users].filter(([, status]) => status === 'Registered' || status === 'Associated');
  const isNew = known.length === 0 || random.chance(0.6);
  const [clientUserId] = isNew ? [`guest-${random.from(1, 1e9)}`] : random.one(known);
  const change = isNew ? 'create' : 'retire';
  await fetch(`${world.appleUrl}/mdm/v2/users/${change}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${file.trim()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ users: [{ clientUserId }] }),
    signal: AbortSignal.timeout(2 * SECOND),
  })
    .then((answer) => answer.arrayBuffer())
    .catch(() => undefined);
  // The event is carried out within it.
  await world.advanceApple(MINUTE);
  return `${change} user ${clientUserId} ${at.uId}`;
}

async function rename({ world, random }: Run, { at }: FuzzLocation): Promise<string> {
  const name = `Barn ${random.from(1, 1e6)}`;
  await world.apple.renameLocation(at.uId, name);
  return `rename ${at.uId} ${name}`;
}

async function scanNow({ world, random }: Run, { at, tokenId }: FuzzLocation): Promise<string> {
  const said = await orRefusal(world.api.call(routes.scanToken, { params: { tokenId } }));
  if (random.chance(0.6)) await world.idle();
  return `scan ${at.uId}: ${said}`;
}

/** The second Scan Now within a minute also reads what is not marked as changed. */
async function readEverything(run: Run, location: FuzzLocation): Promise<string> {
  const said: string[] = [];
  for (let turn = 1; turn <= 2; turn++) {
    said.push(await orRefusal(run.world.api.call(routes.scanToken, { params: { tokenId: location.tokenId } })));
    await run.world.idle();
  }
  return `scan ${location.at.uId} twice: ${said.join(', ')}`;
}

/** Adds a location whose first scan runs among faults, or removes the oldest one with its token. */
async function comeAndGo({ world, random, lies }: Run): Promise<string> {
  const [oldest] = world.locations;
  if (oldest === undefined || random.chance(0.5) || world.locations.length < 3) {
    const added = await world.add();
    if (added !== undefined) for (const lie of lies) suffer(added, lie);
    await world.idle();
    return added === undefined ? 'a location that cannot be added' : `add ${added.at.uId}`;
  }
  const { tokenId } = oldest;
  const { locationName } = await world.api.call(routes.previewRemoval, { params: { tokenId } });
  const body = { locationName, releaseClaim: random.chance(0.5) };
  const said = await orRefusal(world.api.call(routes.removeToken, { params: { tokenId }, body }));
  if (said === 'done') world.locations.shift();
  return `remove ${oldest.at.uId}: ${said}`;
}

async function scanWhileThingsChange(run: Run, location: FuzzLocation): Promise<string> {
  const { world, random } = run;
  const said = await orRefusal(world.api.call(routes.scanToken, { params: { tokenId: location.tokenId } }));
  const changes: string[] = [];
  for (let turn = random.from(1, 4); turn > 0; turn--) {
    changes.push(await random.one([churn, churn, buy])(run, location));
    await world.note(location);
  }
  await world.idle();
  return `scan ${location.at.uId}: ${said}, and meanwhile ${changes.join(', ')}`;
}

async function checkNow({ world }: Run, { at, tokenId }: FuzzLocation): Promise<string> {
  return `check ${at.uId}: ${await orRefusal(world.api.call(routes.checkToken, { params: { tokenId } }))}`;
}

async function letTimePass(run: Run): Promise<string> {
  const seconds = run.random.one([5, 20, 70, 130, 400, 400, 1300, 3700]);
  if (seconds > 30) await endBriefLies(run);
  await run.world.advance(seconds * SECOND);
  return `${seconds} s pass`;
}

async function restart(run: Run, how: 'stop' | 'kill'): Promise<string> {
  const { world, random } = run;
  const location = random.one(world.locations);
  let meanwhile = 'nothing';
  await world.restart(how, async () => {
    if (random.chance(0.5)) meanwhile = await churn(run, location);
  });
  await world.note(location);
  return `${how} and start again, meanwhile ${meanwhile}`;
}

async function renewToken({ world }: Run, location: FuzzLocation): Promise<string> {
  return `renew ${location.at.uId}: ${await renewNow(world, location)}`;
}

/** A person at work: a new file from the portal, preview, and save. Returns the outcome. */
export async function renewNow(world: FuzzWorld, location: FuzzLocation): Promise<string> {
  const file = await world.newFile(location.at.uId);
  return renew(world.api, location.tokenId, file).then(
    () => {
      location.file = file;
      return 'done';
    },
    (error: unknown) => refusalOf(error),
  );
}

async function revoke({ world }: Run, location: FuzzLocation): Promise<string> {
  await world.apple.resetPassword(contentManagerOf(location.at));
  mayBe(location, 'revoked');
  location.isRevoked = true;
  return `revoke ${location.at.uId}`;
}

async function orRefusal(call: ReturnType<Api['call']>): Promise<string> {
  return call.then(
    () => 'done',
    (error: unknown) => refusalOf(error),
  );
}

function refusalOf(error: unknown): string {
  const { problem } = error as { problem?: { code: string; status: number; detail?: string } };
  if (problem === undefined) return String(error);
  if (problem.status === 500) throw error;
  return problem.detail === undefined ? problem.code : `${problem.code} (${problem.detail})`;
}
