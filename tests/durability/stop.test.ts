import { routes } from '@winesap/api';
import { scanned, until } from '@winesap/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ProcessWorld, startProcessWorld } from './process-world.ts';

let world: ProcessWorld;

beforeAll(async () => {
  world = await startProcessWorld();
});

afterAll(() => world?.end());

test('a server that is stopped during a scan ends soon, and the next one finishes that scan', async () => {
  const [tokenId] = await world.hold('Barn', { assets: 5, devices: 1500, assignmentsPerDevice: 2 });
  const { id: scanId } = await world.api().call(routes.scanToken, { params: { tokenId } });
  const scan = () => world.api().call(routes.getScan, { params: { scanId } });
  await until('the scan to be at the assignments', scan, ({ assignments }) => assignments.done > 0);

  const first = world.server();
  const from = performance.now();
  await first.stop();
  const took = performance.now() - from;
  await world.startAgain();

  expect(took).toBeLessThan(8_000);
  const token = await scanned(world.api(), tokenId);
  expect(token).toMatchObject({ scan: { id: scanId }, assignments: 3000, health: { state: 'healthy' } });
  const { events } = await world.api().call(routes.listEvents, { query: { tokenId } });
  expect(events.filter(({ level }) => level !== 'info')).toEqual([]);
  const complaints = [...first.lines, ...world.server().lines].filter((line) => /"level":"(warn|error)"/.test(line));
  expect(complaints).toEqual([]);
});
