import { type ContentToken, routes, type TokenState } from '@winesap/api';
import { holdLocation, renew, scanned, until } from '@winesap/testkit';
import { withStack } from '@winesap/testkit/for-each-stack';
import { afterEach, expect, test } from 'vitest';

const DAY_MS = 86_400_000;
const OTHER = { id: 'other-server-1', name: 'Other MDM', metadata: '' };

interface Fate {
  state: TokenState;
  /** Level of the one event about it. */
  level: 'error' | 'warning';
  nextStep: string;
  happens(token: { uId: string; appleId: string }): Promise<void>;
  /** Whether the same request can be repeated immediately: not if Apple asks to wait. */
  passes(token: { uId: string; appleId: string }): Promise<void>;
}

withStack(
  'embedded',
  (stack) => {
    afterEach(() => stack().apple.endFaults());
    const check = (tokenId: string): Promise<ContentToken> =>
      stack().owner.api.call(routes.checkToken, { params: { tokenId } });
    const endFaults = () => stack().apple.endFaults();
    const fault = (name: string) => async (token: { uId: string }) => {
      await stack().apple.fault({ name, uId: token.uId });
    };

    const FATES: Fate[] = [
      {
        state: 'not-permitted',
        level: 'error',
        nextStep: 'give-role',
        happens: ({ appleId }) => stack().apple.setRole(appleId, 'none'),
        passes: ({ appleId }) => stack().apple.setRole(appleId, 'content-manager'),
      },
      {
        state: 'claimed-elsewhere',
        level: 'error',
        nextStep: 'decide-claim',
        happens: ({ uId }) => stack().apple.claim(uId, OTHER),
        passes: ({ uId }) => stack().apple.claim(uId, null),
      },
      { state: 'terms', level: 'error', nextStep: 'accept-terms', happens: fault('terms'), passes: endFaults },
      {
        state: 'unreachable',
        level: 'warning',
        nextStep: 'wait',
        happens: fault('reset-before-accept'),
        passes: endFaults,
      },
      { state: 'unreachable', level: 'warning', nextStep: 'wait', happens: fault('html-error'), passes: endFaults },
      { state: 'throttled', level: 'warning', nextStep: 'wait', happens: fault('busy'), passes: endFaults },
    ];

    test.each(FATES.map((fate, index) => ({ state: fate.state, index })))(
      'a token that becomes $state (case $index) is told once, and once more when it works again',
      async ({ index }) => {
        const fate = FATES[index] as Fate;
        const held = await holdLocation(stack());
        const place = { uId: held.location.uId, appleId: held.appleId };

        await fate.happens(place);
        const first = await check(held.tokenId);
        const second = await check(held.tokenId);
        await fate.passes(place);
        const healed = await until(
          'the token to work again',
          () => check(held.tokenId),
          ({ health }) => health.state === 'healthy',
          { everyMs: 200 },
        );
        await check(held.tokenId);

        expect(first.health).toMatchObject({ state: fate.state, nextStep: { kind: fate.nextStep } });
        expect(second.health.since).toBe(first.health.since);
        expect(healed.health.apple).toBeNull();
        const { events } = await stack().owner.api.call(routes.listEvents, { query: { tokenId: held.tokenId } });
        const turns = events
          .filter(({ code }) => code === 'token.healthy' || code === `token.${fate.state}`)
          .map(({ code, level }) => [code, level]);
        expect(turns).toEqual([
          ['token.healthy', 'info'],
          [`token.${fate.state}`, fate.level],
        ]);
        expect(first.health.eventId).toBe(events.find(({ code }) => code === `token.${fate.state}`)?.id);
      },
    );

    test('an expiring token is amber with its days, and is logged once', async () => {
      const held = await holdLocation(stack(), { expiresAt: new Date(Date.now() + 12.5 * DAY_MS) });

      const token = await check(held.tokenId);
      await check(held.tokenId);

      expect(token).toMatchObject({ daysLeft: 12, health: { state: 'expiring', severity: 'soon' } });
      expect(token.health.title).toContain('12 days');
      const { tokens, counts } = await stack().owner.api.call(routes.listTokens, { query: { state: 'expiring' } });
      expect(tokens.map(({ tokenId }) => tokenId)).toEqual([held.tokenId]);
      expect(counts.soon).toBe(1);
    });

    test('a stored token that expires turns red by itself, and a renewal fixes it', async () => {
      const { apple, owner } = stack();
      const held = await holdLocation(stack(), { expiresAt: new Date(Date.now() + 8000) });

      const expired = await until(
        'the token to expire',
        () => check(held.tokenId),
        ({ health }) => health.state === 'expired',
        { everyMs: 250 },
      );
      await renew(owner.api, held.tokenId, await apple.tokenFile(held.location.uId));
      const renewed = await scanned(owner.api, held.tokenId);

      expect(expired.daysLeft).toBe(-1);
      expect(expired.health).toMatchObject({ severity: 'broken', nextStep: { kind: 'renew' } });
      expect(renewed.health.state).toBe('healthy');
    });

    test('the overview lists the worst first, and counts what needs a person', async () => {
      const { apple, owner } = stack();
      const revoked = await holdLocation(stack());
      const healthy = await holdLocation(stack());
      await apple.resetPassword(revoked.appleId);
      await check(revoked.tokenId);

      const { tokens, counts, needYou } = await owner.api.call(routes.listTokens, {});

      const rank = { broken: 0, soon: 1, unknown: 2, ok: 3 } as const;
      const order = tokens.map(({ health }) => (health.severity === 'ok' ? 1 : 0));
      expect(order).toEqual([...order].sort());
      expect(tokens[0]?.health.severity).toBe('broken');
      expect(needYou).toBe(counts.broken + counts.soon + counts.unknown);
      for (const severity of Object.keys(rank) as (keyof typeof rank)[])
        expect(tokens.filter(({ health }) => health.severity === severity)).toHaveLength(counts[severity]);
      expect(tokens.findIndex(({ tokenId }) => tokenId === revoked.tokenId)).toBeLessThan(
        tokens.findIndex(({ tokenId }) => tokenId === healthy.tokenId),
      );
    });
  },
  { env: { WINESAP_APPLE_TIMEOUT_MS: '2000' } },
);
