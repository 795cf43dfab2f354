import { describe, expect, test } from 'vitest';
import { startSimulator } from '../src/index.ts';
import { scenarios } from '../src/scenarios/scenarios.ts';
import { AppleSide, type Json } from './apple-side.ts';

describe.each(Object.keys(scenarios))('%s', (scenario) => {
  test('starts, has a token for every location, and counts that add up', async () => {
    const apple = await AppleSide.start({ scenario });
    const { locations } = await apple.control('GET', '/locations');
    const first = locations.find((row: Json) => row.tokens.some((token: Json) => token.state === 'valid'));
    const number = first.tokens.find((token: Json) => token.state === 'valid').number;
    const token = await apple.control('GET', `/locations/${first.uId}/tokens/${number}`);

    const { assets } = (await apple.call('getAssets', { token })).body;
    const assignments = await apple.call('getAssignments', { token });
    await apple.close();

    expect(locations.every((row: Json) => row.tokens.length === 1)).toBe(true);
    expect(assignments.status).toBe(200);
    for (const asset of assets)
      expect(asset.assignedCount + asset.availableCount + asset.retiredCount).toBe(asset.totalCount);
  });
});

test('token-lifecycle has the five states', async () => {
  const apple = await AppleSide.start({ scenario: 'token-lifecycle' });
  const { locations } = await apple.control('GET', '/locations');
  await apple.close();

  expect(locations.map((row: Json) => row.tokens[0].state)).toEqual(['valid', 'valid', 'expired', 'revoked', 'valid']);
});

test('msp-500 has 500 organizations, most of them healthy', async () => {
  const apple = await AppleSide.start({ scenario: 'msp-500' });
  const { locations } = await apple.control('GET', '/locations');
  await apple.close();

  expect(new Set(locations.map((row: Json) => row.orgName)).size).toBe(500);
  const dead = locations.filter((row: Json) => row.tokens[0].state !== 'valid').length;
  expect(dead).toBeGreaterThan(20);
  expect(dead).toBeLessThan(100);
});

test('an unknown scenario is refused with the names there are', async () => {
  await expect(startSimulator({ scenario: 'nothing' })).rejects.toThrow(/small-school/);
});
