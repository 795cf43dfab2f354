import { routes, type Scan } from '@winesap/api';
import { assignmentsAtApple, assignmentsHere, type Engine, scanned, until } from '@winesap/testkit';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AddedToken } from './add-token.ts';
import { type ProcessWorld, startProcessWorld } from './process-world.ts';

const PAGE_SIZE = 20;
const FLEET = { assets: 4, devices: 300, assignmentsPerDevice: 4 };
const PAGES = (FLEET.devices * FLEET.assignmentsPerDevice) / PAGE_SIZE;

describe.each(['embedded', 'postgres'] satisfies Engine[])('with the %s engine', (engine) => {
  let world: ProcessWorld;

  beforeAll(async () => {
    world = await startProcessWorld({ engine, simulator: { pageSize: PAGE_SIZE } });
  });

  beforeEach(() => fast());

  afterAll(() => world?.end());

  const fast = () => world.apple.settings({ latencyMs: 0 });
  /** Makes scans slow enough to be killed midway. */
  const slow = () => world.apple.settings({ latencyMs: 80 });
  const scanOf = async ({ tokenId }: AddedToken): Promise<Scan | null> =>
    (await world.api().call(routes.getToken, { params: { tokenId } })).scan;
  const scanNow = ({ tokenId }: AddedToken) => world.api().call(routes.scanToken, { params: { tokenId } });

  /** Kills the server during a scan. Returns the scan, and the minimum number of its pages that were stored. */
  async function killMidway(token: AddedToken): Promise<{ id: string; stored: number }> {
    const scan = await until(
      'a third of it to be stored',
      () => scanOf(token),
      (seen) => seen?.state === 'running' && seen.assignments.done >= (PAGES / 3) * PAGE_SIZE,
    );
    await world.server().kill();
    await fast();
    if (scan === null) throw new Error('There is no scan.');
    return { id: scan.id, stored: Math.floor(scan.assignments.done / PAGE_SIZE) };
  }

  /** Starts the next server, which resumes the interrupted scan. Returns the pages of assignments that it requested. */
  async function goOn(token: AddedToken): Promise<number[]> {
    await world.apple.forgetRequests();
    await world.startAgain();
    if (engine === 'postgres') {
      // Another process might still run it. Half a minute later, that is ruled out:
      await world.withDatabase(({ db }) =>
        sql`update scans set moved_at = moved_at - interval '31 seconds' where state = 'running'`.execute(db),
      );
      await scanNow(token);
    }
    await scanned(world.api(), token.tokenId);
    return (await world.apple.requests()).last
      .filter(({ path }) => path === '/mdm/v2/assignments')
      .map(({ query }) => Number(new URLSearchParams(query).get('pageIndex') ?? 0));
  }

  async function expectAgreement({ tokenId, location, file }: AddedToken): Promise<void> {
    const token = await world.api().call(routes.getToken, { params: { tokenId } });
    const atApple = await assignmentsAtApple(world.appleUrl, file);
    expect(await assignmentsHere(world.api(), location.uId)).toEqual(atApple);
    expect(token).toMatchObject({ assignments: atApple.length, health: { state: 'healthy' } });
  }

  function expectOnlyTheRest(asked: number[], stored: number): void {
    // The last stored page shows whether Apple's version is still the same.
    expect(Math.min(...asked)).toBeGreaterThanOrEqual(stored - 1);
    expect(new Set(asked)).toContain(PAGES - 1);
    expect(asked.length).toBeLessThanOrEqual(PAGES - stored + 2);
  }

  test('a killed first scan resumes after the pages that were stored', async () => {
    await slow();
    const token = await world.add('Barn', FLEET);
    const { id, stored } = await killMidway(token);

    const asked = await goOn(token);

    expect(await scanOf(token)).toMatchObject({ id, state: 'succeeded', reason: 'added' });
    expectOnlyTheRest(asked, stored);
    await expectAgreement(token);
  });

  test('a killed full scan of a known location resumes after the pages that were stored', async () => {
    const token = await world.add('Cellar', FLEET);
    await scanned(world.api(), token.tokenId);
    await scanNow(token);
    await scanned(world.api(), token.tokenId);
    await world.apple.churn(token.location.uId, { assign: 25, unassign: 25 });
    await slow();
    await scanNow(token);
    const { id, stored } = await killMidway(token);

    const asked = await goOn(token);

    const scan = await scanOf(token);
    expect(scan).toMatchObject({ id, state: 'succeeded', kind: 'full', changes: { assigned: 25, unassigned: 25 } });
    expectOnlyTheRest(asked, stored);
    await expectAgreement(token);
  });

  test.each([
    { what: 'a first reading', known: false },
    { what: 'a full pass over what is known', known: true },
  ])('$what that is killed begins anew where Apple changed meanwhile', async ({ what, known }) => {
    if (!known) await slow();
    const token = await world.add(`Loft of ${what}`, FLEET);
    if (known) {
      await scanned(world.api(), token.tokenId);
      await scanNow(token);
      await scanned(world.api(), token.tokenId);
      await slow();
      await scanNow(token);
    }
    const { id } = await killMidway(token);
    await world.apple.churn(token.location.uId, { assign: 15, unassign: 15 });

    const asked = await goOn(token);

    expect(await scanOf(token)).toMatchObject({ id, state: 'succeeded', kind: 'full' });
    expect(new Set(asked).size).toBe(PAGES);
    await expectAgreement(token);
  });
});
