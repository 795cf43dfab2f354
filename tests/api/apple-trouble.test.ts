import { routes } from '@winesap/api';
import {
  addLocation,
  addOrganization,
  bytesOf,
  type HeldLocation,
  holdLocation,
  inspect,
  patience,
  refused,
  startStack,
  storedRows,
} from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { afterEach, beforeEach, expect, test } from 'vitest';

interface Trouble {
  what: string;
  fault: { name: string; [option: string]: string | number };
  code: string;
  status: number;
  says: RegExp;
}

const TROUBLES: Trouble[] = [
  {
    what: 'asks to slow down',
    fault: { name: 'busy' },
    code: 'apple.busy',
    status: 503,
    says: /Wait .* and try again/,
  },
  {
    what: 'is in maintenance and says for how many seconds',
    fault: { name: 'maintenance', form: 'seconds', retryAfterSeconds: 120 },
    code: 'apple.away',
    status: 503,
    says: /Wait 2 minutes/,
  },
  {
    what: 'is in maintenance and says until when',
    fault: { name: 'maintenance', form: 'date', retryAfterSeconds: 600 },
    code: 'apple.away',
    status: 503,
    says: /Wait (9|10) minutes/,
  },
  {
    what: 'is in maintenance and says no time',
    fault: { name: 'maintenance', form: 'none' },
    code: 'apple.away',
    status: 503,
    says: /Wait a minute/,
  },
  { what: 'has an internal error', fault: { name: 'server-error' }, code: 'apple.away', status: 503, says: /9603/ },
  {
    what: 'answers with a web page',
    fault: { name: 'html-error', status: 502 },
    code: 'apple.unreadable',
    status: 502,
    says: /proxy/,
  },
  {
    what: 'answers with a web page and says all is well',
    fault: { name: 'html-error', status: 200 },
    code: 'apple.unreadable',
    status: 502,
    says: /proxy/,
  },
  {
    what: 'answers half a JSON',
    fault: { name: 'truncated-json' },
    code: 'apple.unreadable',
    status: 502,
    says: /cut off|proxy/,
  },
  {
    what: 'breaks off in the middle of an answer',
    fault: { name: 'truncated-transfer' },
    code: 'apple.no-answer',
    status: 504,
    says: /this machine reaches Apple’s service/,
  },
  { what: 'answers nothing', fault: { name: 'empty-body' }, code: 'apple.unreadable', status: 502, says: /Try again/ },
  {
    what: 'resets the connection',
    fault: { name: 'reset-before-accept' },
    code: 'apple.no-answer',
    status: 504,
    says: /this machine reaches Apple’s service/,
  },
  { what: 'never answers', fault: { name: 'hang' }, code: 'apple.no-answer', status: 504, says: /try again/ },
  {
    what: 'answers too late',
    fault: { name: 'slow', delayMs: 3000 },
    code: 'apple.no-answer',
    status: 504,
    says: /try again/,
  },
  {
    what: 'refuses with a number nobody knows',
    fault: { name: 'unknown-error-number', errorNumber: 9999 },
    code: 'apple.refused',
    status: 502,
    says: /9999/,
  },
  { what: 'waits for new terms', fault: { name: 'terms' }, code: 'apple.refused', status: 502, says: /terms/ },
];

withStack(
  'embedded',
  (stack) => {
    let held: HeldLocation;
    let emptyPolicy: string;
    let fresh: string;
    let newcomer: string;

    // A separate location for each, because Winesap remembers per location how long Apple asked to wait.
    beforeEach(async () => {
      const { apple, owner } = stack();
      held = await holdLocation(stack());
      emptyPolicy = (await addOrganization(owner.api)).policyId;
      fresh = await apple.tokenFile(held.location.uId);
      newcomer = await apple.tokenFile((await addLocation(stack())).uId);
    });
    afterEach(() => stack().apple.endFaults());

    test.each(TROUBLES)('while Apple $what, nothing is stored and the refusal explains it', async (trouble) => {
      const { api } = stack().owner;
      const known = await inspect(api, newcomer);
      const seen = await api.call(routes.previewRenewal, { params: { tokenId: held.tokenId }, body: bytesOf(fresh) });
      const before = await api.call(routes.listTokens, {});
      const eventsBefore = await api.call(routes.summarizeEvents, {});
      await stack().apple.fault(trouble.fault);
      const started = Date.now();

      const problems = await Promise.all([
        refused(inspect(api, newcomer)),
        refused(
          api.call(routes.addToken, {
            params: { policyId: emptyPolicy },
            query: { fingerprint: known.file.fingerprint, mode: 'manage' },
            body: bytesOf(newcomer),
          }),
        ),
        refused(
          api.call(routes.renewToken, {
            params: { tokenId: held.tokenId },
            query: { fingerprint: seen.file.fingerprint, tokenVersion: seen.tokenVersion },
            body: bytesOf(fresh),
          }),
        ),
      ]);

      for (const problem of problems) {
        expect(problem).toMatchObject({ code: trouble.code, status: trouble.status });
        expect(problem.detail).toMatch(trouble.says);
        expect(problem.detail).toContain('Nothing was stored.');
      }
      expect(Date.now() - started).toBeLessThan(10_000 * patience());
      expect(await api.call(routes.listTokens, {})).toEqual(before);
      expect((await api.call(routes.summarizeEvents, {})).total).toBe(eventsBefore.total);
    });

    test('none of this changes the database or writes to Apple', async () => {
      const { api } = stack().owner;
      const { apple } = stack();
      const troubles = TROUBLES.filter(({ fault: { name } }) => name !== 'hang' && name !== 'slow');
      const files = await Promise.all(
        troubles.map(async () => {
          const location = await addLocation(stack());
          const file = await apple.tokenFile(location.uId);
          return { uId: location.uId, file, fingerprint: (await inspect(api, file)).file.fingerprint };
        }),
      );
      const before = await storedRows(stack());
      await apple.forgetRequests();

      await Promise.all(
        troubles.map(async ({ fault }, i) => {
          const { uId, file, fingerprint } = files[i] ?? { uId: '', file: '', fingerprint: '' };
          await apple.fault({ ...fault, uId });
          await refused(
            api.call(routes.addToken, {
              params: { policyId: emptyPolicy },
              query: { fingerprint, mode: 'manage' },
              body: bytesOf(file),
            }),
          );
        }),
      );

      expect(await storedRows(stack())).toEqual(before);
      const { byPath } = await apple.requests();
      expect(Object.keys(byPath)).not.toContain('POST /mdm/v2/client/config');
    });

    test('a preview without readable licenses says so, and still compares the identities', async () => {
      const { api } = stack().owner;
      await stack().apple.fault({ name: 'html-error', path: '/mdm/v2/assets' });

      const preview = await api.call(routes.previewRenewal, {
        params: { tokenId: held.tokenId },
        body: bytesOf(fresh),
      });

      expect(preview).toMatchObject({ verdict: 'ready', dryRun: null });
      expect(preview.dryRunMissing).toMatch(/could not be compared/);
    });

    test('without the older service only the Apple ID is unknown', async () => {
      const { api } = stack().owner;
      await stack().apple.fault({ name: 'html-error', path: '/mdm/VPPClientConfigSrv' });

      const { identity } = await inspect(api, newcomer);

      expect(identity.appleId).toBeNull();
      expect(identity.locationName).not.toBeNull();
    });

    test('while Apple asks to wait, a person learns immediately for how long', async () => {
      const { api } = stack().owner;
      const params = { tokenId: held.tokenId };
      const fault = { name: 'maintenance', form: 'seconds', retryAfterSeconds: 120, times: 1 };
      await stack().apple.fault(fault);
      await refused(api.call(routes.previewRenewal, { params, body: bytesOf(fresh) }));
      const started = Date.now();

      const problem = await refused(api.call(routes.previewRenewal, { params, body: bytesOf(fresh) }));

      expect(problem).toMatchObject({ code: 'apple.away', status: 503 });
      expect(problem.detail).toMatch(/Wait (2 minutes|\d+ seconds)/);
      expect(Date.now() - started).toBeLessThan(3000 * patience());
    });

    test('inspecting the same file again while Apple asks to wait is refused immediately', async () => {
      const { api } = stack().owner;
      await stack().apple.fault({ name: 'maintenance', form: 'seconds', retryAfterSeconds: 120, times: 1 });
      await refused(inspect(api, newcomer));
      const started = Date.now();

      const problem = await refused(inspect(api, newcomer));

      expect(problem).toMatchObject({ code: 'apple.away', status: 503 });
      expect(Date.now() - started).toBeLessThan(3000 * patience());
    });

    test('a short request to wait is waited out', async () => {
      const { api } = stack().owner;
      await stack().apple.fault({ name: 'busy', times: 1 });

      const { identity } = await inspect(api, newcomer);

      expect(identity.uId).not.toBe('');
    });
  },
  { env: { WINESAP_APPLE_TIMEOUT_MS: '1000' } },
);

test("a machine that can't reach Apple gets an explanation", async () => {
  const stack = await startStack({ env: { WINESAP_APPLE_URL: 'http://127.0.0.1:1' } });
  try {
    const location = await addLocation(stack);

    const problem = await refused(inspect(stack.owner.api, await stack.apple.tokenFile(location.uId)));

    expect(problem).toMatchObject({ code: 'apple.no-answer', status: 504 });
    expect(problem.detail).toContain('port 443');
  } finally {
    await stack.stop();
  }
});
