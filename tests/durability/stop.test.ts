import { routes } from '@winesap/api';
import { bytesOf, patience, scanned, until } from '@winesap/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gate, startGate } from './gate.ts';
import { type ProcessWorld, startProcessWorld } from './process-world.ts';

let world: ProcessWorld;
let gate: Gate;

beforeAll(async () => {
  world = await startProcessWorld({
    through: async (appleUrl) => {
      gate = await startGate(appleUrl);
      return gate.url;
    },
  });
});

afterAll(async () => {
  await world?.end();
  gate?.close();
});

test('a server stopped during a scan ends soon, and the next one finishes that scan', async () => {
  const [tokenId] = await world.hold('Barn', { assets: 5, devices: 1500, assignmentsPerDevice: 2 });
  const { id: scanId } = await world.api().call(routes.scanToken, { params: { tokenId } });
  const scan = () => world.api().call(routes.getScan, { params: { scanId } });
  await until('the scan to be at the assignments', scan, ({ assignments }) => assignments.done > 0);

  const first = world.server();
  const from = performance.now();
  await first.stop();
  const took = performance.now() - from;
  await world.startAgain();

  expect(took).toBeLessThan(8_000 * patience());
  const token = await scanned(world.api(), tokenId);
  expect(token).toMatchObject({ scan: { id: scanId }, assignments: 3000, health: { state: 'healthy' } });
  const { events } = await world.api().call(routes.listEvents, { query: { tokenId } });
  expect(events.filter(({ level }) => level !== 'info')).toEqual([]);
  const complaints = [...first.lines, ...world.server().lines].filter((line) => /"level":"(warn|error)"/.test(line));
  expect(complaints).toEqual([]);
});

test('responses under way are finished when a server is stopped; it does not wait for streams and new connections', async () => {
  const [, { uId }] = await world.hold('Shed', { assets: 1, devices: 1, assignmentsPerDevice: 1 });
  const body = bytesOf(await world.apple.tokenFile(uId));
  const first = world.server();
  const api = world.api();
  const stream = await api.open(routes.stream, {});
  gate.shut();
  const asked = Array.from({ length: 8 }, () => api.call(routes.inspectTokenFile, { query: {}, body }));
  await until(
    'all eight to wait for Apple',
    async () => gate.waiting(),
    (waiting) => waiting === 8,
  );

  const stopped = first.stop();
  await stream.text();
  await until(
    'new connections to be refused',
    () =>
      fetch(first.url).then(
        () => null,
        (error: Error) => (error.cause as NodeJS.ErrnoException).code,
      ),
    (code) => code === 'ECONNREFUSED',
  );
  gate.open();
  const answers = await Promise.all(asked);
  await stopped;

  expect(answers.map(({ identity }) => identity.uId)).toEqual(Array.from({ length: 8 }, () => uId));
  expect(first.lines.filter((line) => /"level":"(warn|error)"/.test(line))).toEqual([]);
});
