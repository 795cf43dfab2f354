import { createApi, routes, TokenState } from '@winesap/api';
import {
  bytesOf,
  holdLocation,
  readPrometheusText,
  refused,
  type Stack,
  scanned,
  startStack,
  until,
} from '@winesap/testkit';
import { forEachStack } from '@winesap/testkit/for-each-stack';
import { describe, expect, test } from 'vitest';

type Labels = Record<string, string>;

async function metricsOf(stack: Stack) {
  const answer = await stack.owner.api.open(routes.getMetrics, {});
  const text = await answer.text();
  const families = readPrometheusText(text);
  const rows = (name: string, labels: Labels = {}) =>
    (families.find((family) => family.name === name)?.metrics ?? []).filter((row) =>
      Object.entries(labels).every(([label, value]) => row.labels?.[label] === value),
    );
  const value = (name: string, labels: Labels = {}) => {
    const found = rows(name, labels);
    if (found.length !== 1) throw new Error(`${name} ${JSON.stringify(labels)}: ${found.length} rows`);
    return Number(found[0]?.value);
  };
  return { text, families, rows, value };
}

describe('the metrics', () => {
  forEachStack(
    (stack) => {
      test('show for a token: expiry, one state, the last answer, and the last scan', async () => {
        const before = Date.now() / 1000 - 60;
        const held = await holdLocation(stack(), { organization: 'Back\\slash "and" quote', locationName: 'Línea\n2' });
        const { location, token } = held;
        const { value, rows } = await metricsOf(stack());
        const of = { uid: location.uId };

        expect(value('winesap_token_expiry_timestamp_seconds', of)).toBe(
          Date.parse(token.identity.expiresAt ?? '') / 1000,
        );
        const states = rows('winesap_token_state', of);
        expect(states).toHaveLength(TokenState.options.length);
        expect(states.filter((row) => row.value === '1').map(({ labels }) => labels?.state)).toEqual(['healthy']);
        for (const what of ['last_success', 'last_check', 'last_sync']) {
          const at = value(`winesap_token_${what}_timestamp_seconds`, of);
          expect(at).toBeGreaterThan(before);
          expect(at).toBeLessThan(Date.now() / 1000 + 60);
        }
        expect(value('winesap_token_last_scan_success', of)).toBe(1);
        expect(value('winesap_token_last_scan_duration_seconds', of)).toBeGreaterThanOrEqual(0);
        expect(rows('winesap_token_expiry_timestamp_seconds', of)[0]?.labels?.organization).toContain('quote');
      });

      test('show for licenses: sums per location without unlimited ones, and the scarcest assets one by one', async () => {
        const { location } = await holdLocation(stack(), {
          purchases: [
            { adamId: '900000014', quantity: 7 },
            { adamId: '900000015', quantity: 3 },
            { adamId: '361304891', unlimited: true },
          ],
        });
        const { value, rows } = await metricsOf(stack());
        const of = { uid: location.uId };

        expect(value('winesap_assets', of)).toBe(3);
        expect(value('winesap_assets_low', of)).toBe(0);
        expect(value('winesap_licenses', { ...of, kind: 'total' })).toBe(10);
        expect(value('winesap_licenses', { ...of, kind: 'available' })).toBe(10);
        expect(value('winesap_licenses', { ...of, kind: 'assigned' })).toBe(0);
        expect(value('winesap_asset_licenses', { ...of, adam_id: '900000015', kind: 'available' })).toBe(3);
        // The setting allows two, for all locations together.
        expect(rows('winesap_asset_licenses', { kind: 'available' })).toHaveLength(2);
      });

      test('show for a dead token: its new state, and Apple’s error number among the requests', async () => {
        const { apple, owner } = stack();
        const held = await holdLocation(stack());
        await apple.resetPassword(held.appleId);
        await owner.api.call(routes.checkToken, { params: { tokenId: held.tokenId } });

        const { value, rows } = await metricsOf(stack());

        expect(value('winesap_token_state', { uid: held.location.uId, state: 'revoked' })).toBe(1);
        expect(value('winesap_token_state', { uid: held.location.uId, state: 'healthy' })).toBe(0);
        expect(value('winesap_apple_requests_total', { status: '401', error: '9625' })).toBeGreaterThan(0);
        expect(value('winesap_apple_requests_total', { status: '200', error: '' })).toBeGreaterThan(3);
        expect(Number(rows('winesap_apple_request_duration_seconds')[0]?.count)).toBeGreaterThan(3);
        expect(value('winesap_jobs_total', { queue: 'scan', result: 'done' })).toBeGreaterThan(0);
        expect(Number(rows('winesap_scan_duration_seconds')[0]?.count)).toBeGreaterThan(0);
      });

      test('show for a failed scan: zero, until one succeeds', async () => {
        const { apple, owner } = stack();
        const { location, tokenId } = await holdLocation(stack());
        await apple.fault({ name: 'html-error', uId: location.uId, path: '/mdm/v2/assets' });
        await owner.api.call(routes.scanToken, { params: { tokenId } });
        await scanned(owner.api, tokenId, 'failed');

        expect((await metricsOf(stack())).value('winesap_token_last_scan_success', { uid: location.uId })).toBe(0);

        await apple.endFaults();
        await owner.api.call(routes.scanToken, { params: { tokenId } });
        await scanned(owner.api, tokenId);
        expect((await metricsOf(stack())).value('winesap_token_last_scan_success', { uid: location.uId })).toBe(1);
      });

      test('no longer show a removed token', async () => {
        const { owner } = stack();
        const { location, tokenId } = await holdLocation(stack());
        await owner.api.call(routes.removeToken, {
          params: { tokenId },
          body: { locationName: location.locationName, releaseClaim: false },
        });

        expect((await metricsOf(stack())).text).not.toContain(location.uId);
      });

      test("show how much waits and runs per queue, the process's memory, and the build's version", async () => {
        const { rows, value } = await metricsOf(stack());

        for (const queue of ['scan', 'check', 'due'])
          for (const state of ['waiting', 'running'])
            expect(value('winesap_queue_jobs', { queue, state })).toBeGreaterThanOrEqual(0);
        expect(value('process_resident_memory_bytes')).toBeGreaterThan(1e6);
        expect(rows('winesap_build_info')[0]?.labels?.version).toMatch(/^\d/);
      });

      test('show what waits in every channel', async () => {
        const body = { kind: 'webhook', name: 'Hook', url: 'https://hooks.invalid/' } as const;
        const { id } = await stack().owner.api.call(routes.addChannel, { body });

        const { value } = await metricsOf(stack());

        for (const state of ['waiting', 'held'])
          expect(value('winesap_outbox_messages', { id, channel: 'Hook', state })).toBe(0);
        expect(value('winesap_channel_disabled', { id })).toBe(0);
        await stack().owner.api.call(routes.removeChannel, { params: { channelId: id } });
      });

      test('never show the text of a token', async () => {
        const { file } = await holdLocation(stack());
        const inner: string = JSON.parse(new TextDecoder().decode(Buffer.from(file, 'base64'))).token;

        const { text } = await metricsOf(stack());

        expect(text).not.toContain(inner);
        expect(text).not.toContain(file.slice(10, 60));
        expect(bytesOf(file).length).toBeGreaterThan(60);
      });
    },
    { env: { WINESAP_METRICS_ASSETS: '2' } },
  );
});

describe('access to the metrics', () => {
  async function withMetrics(metrics: string, look: (stack: Stack) => Promise<void>) {
    const stack = await startStack({ env: { WINESAP_METRICS: metrics } });
    try {
      await look(stack);
    } finally {
      await stack.stop();
    }
  }
  const statusOf = async (stack: Stack, headers: Record<string, string> = {}) =>
    (await fetch(`${stack.url}/metrics`, { headers })).status;

  test('with key: a viewer’s API key in either header, or a session', async () => {
    await withMetrics('key', async (stack) => {
      const viewer = await stack.join('viewer');
      const { key } = await viewer.api.call(routes.addKey, { body: { name: 'prometheus' } });

      expect(await statusOf(stack)).toBe(401);
      expect(await statusOf(stack, { authorization: 'Bearer wrong' })).toBe(401);
      expect(await statusOf(stack, { 'x-api-key': key })).toBe(200);
      expect(await statusOf(stack, { authorization: `Bearer ${key}` })).toBe(200);
      expect(await statusOf(stack, { cookie: viewer.cookie })).toBe(200);
      const elsewhere = await fetch(`${stack.url}/api/tokens`, { headers: { authorization: `Bearer ${key}` } });
      expect(elsewhere.status).toBe(401);
      await until(
        'the answer to be no-store',
        () => fetch(`${stack.url}/metrics`, { headers: { 'x-api-key': key } }),
        (answer) => answer.headers.get('cache-control') === 'no-store',
      );
    });
  });

  test('open: everyone', async () => {
    await withMetrics('open', async (stack) => expect(await statusOf(stack)).toBe(200));
  });

  test('off: not found, even for the owner', async () => {
    await withMetrics('off', async (stack) => {
      const { cookie } = stack.owner;
      const api = createApi({ baseUrl: stack.url, headers: { cookie } });

      expect(await refused(api.open(routes.getMetrics, {}))).toMatchObject({ code: 'request.not-found' });
    });
  });
});
