import {
  type AppleFailure,
  AppleFailureError,
  type AppleLocation,
  type Deps,
  type EventProgress,
  followRelease,
  type Release,
  resumeReleases,
} from '@winesap/core';
import { forEachEngine } from '@winesap/testkit/engines';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { AlertWorld } from './alert-world.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

const refused = (httpStatus: number, errorNumber: number | null): AppleFailure => ({
  kind: 'refused',
  httpStatus,
  errorNumber,
  errorMessage: null,
  doing: 'disassociating assets',
  retryAfterMs: null,
});
const NO_ANSWER: AppleFailure = { kind: 'no-answer', reason: 'timeout', doing: 'disassociating', mayHaveArrived: true };
const NOT_SENT: AppleFailure = { ...NO_ANSWER, reason: 'network', mayHaveArrived: false };

forEachEngine((_engine, open) => {
  let world: AlertWorld;
  let deps: Deps;
  let uId: string;
  let tokenId: string;
  let asked: string[];
  /** What Apple does with the request, reports about its event, and lists. */
  let apple: {
    disassociate: AppleFailure | null;
    status: EventProgress | AppleFailure;
    assigned: boolean | AppleFailure;
  };

  beforeEach(async () => {
    world ??= await AlertWorld.on(await open(), {} as never, NOW);
    world.now = NOW;
    asked = [];
    apple = { disassociate: null, status: { state: 'pending' }, assigned: true };
    tokenId = await world.addToken(null);
    uId = `L${world.names.length}`;
    const location = {
      disassociate: async () => {
        asked.push('disassociate');
        if (apple.disassociate !== null) throw new AppleFailureError(apple.disassociate);
        return 'event';
      },
      eventStatus: async () => {
        asked.push('status');
        if ('kind' in apple.status) throw new AppleFailureError(apple.status);
        return apple.status;
      },
      isAssigned: async () => {
        asked.push('assignments');
        if (typeof apple.assigned !== 'boolean') throw new AppleFailureError(apple.assigned);
        return apple.assigned;
      },
    } as Partial<AppleLocation> as AppleLocation;
    const settings = { ...world.deps.settings, hookBase: null, rotateSecretEveryMs: 0, keepNotificationsDays: 30 };
    deps = {
      ...world.deps,
      settings,
      apple: { open: () => location, openFile: () => location },
    } as Partial<Deps> as Deps;
  });

  async function plan(): Promise<string> {
    await world.stock(uId, 10);
    const { rows } = await sql<{ id: string }>`
      insert into releases (token_id, location_uid, adam_id, pricing_param, user_held, holder, asset_name, state,
        requested_at, requested_by, look_at)
      values (${tokenId}, ${uId}, '361309726', 'STDQ', false, 'C02TREE1', 'Pages', 'planned', ${world.now}, 'test',
        ${world.now}) returning id`.execute(world.database.db);
    return rows[0]?.id ?? '';
  }

  const shown = async (id: string) => {
    const row = await world.database.db
      .selectFrom('releases')
      .select(['state', 'failure_code', 'failure'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return [row.state, row.failure_code, (row.failure as Release['said'])?.kind] as const;
  };

  describe('an answer that is not Apple’s own refusal leaves the outcome open', () => {
    test.each([
      ['a page of a proxy with 503', refused(503, null)],
      ['a page of a proxy with 429', refused(429, null)],
      ['something unreadable', { kind: 'unreadable', httpStatus: 404, doing: 'disassociating' }],
      ['an internal error', refused(500, 9603)],
      ['nothing', NO_ANSWER],
    ] as [string, AppleFailure][])('%s, after which the license is gone: it is released', async (_what, failure) => {
      const id = await plan();
      apple = { ...apple, disassociate: failure, assigned: false };

      await followRelease(deps, id);
      const open = await shown(id);
      world.pass(30 * SECOND_MS);
      await followRelease(deps, id);

      expect(open).toEqual(['sent', null, failure.kind]);
      expect(await shown(id)).toEqual(['done', null, undefined]);
      expect(asked).toEqual(['disassociate', 'assignments']);
    });

    test('and still assigned ten minutes later, the release has failed with Apple’s words', async () => {
      const id = await plan();
      apple.disassociate = refused(503, null);

      await followRelease(deps, id);
      world.pass(9 * MINUTE_MS);
      await followRelease(deps, id);
      const open = await shown(id);
      world.pass(2 * MINUTE_MS);
      await followRelease(deps, id);

      expect(open[0]).toBe('sent');
      expect(await shown(id)).toEqual(['failed', 'release.lost', 'refused']);
      expect(asked.filter((what) => what === 'disassociate')).toHaveLength(1);
    });
  });

  test.each([
    ['and still lists the license: it has failed', true, ['failed', 'release.refused', 'refused']],
    ['and lists it no more: it is released', false, ['done', null, undefined]],
  ])('Apple refuses %s', async (_what, assigned, end) => {
    const id = await plan();
    apple = { ...apple, disassociate: refused(400, 9706), assigned };

    await followRelease(deps, id);

    expect(await shown(id)).toEqual(end);
  });

  test('a refusal by Apple is remembered until Apple can be read again', async () => {
    const id = await plan();
    apple = { ...apple, disassociate: refused(400, 9706), assigned: NO_ANSWER };

    await followRelease(deps, id);
    const open = await shown(id);
    world.pass(11 * MINUTE_MS);
    apple.assigned = true;
    await followRelease(deps, id);

    expect(open).toEqual(['sent', null, 'refused']);
    expect(await shown(id)).toEqual(['failed', 'release.refused', 'refused']);
  });

  test.each([
    ['Apple is too busy', refused(429, 9646)],
    ['Apple is in maintenance', refused(503, 9729)],
    ['Apple cannot be reached', NOT_SENT],
  ])('when %s, nothing was released, and that is said at once', async (_what, failure) => {
    const id = await plan();
    apple.disassociate = failure;

    await followRelease(deps, id);

    expect(await shown(id)).toEqual(['failed', 'release.not-sent', failure.kind]);
  });

  test('a release is sent at the next start if Winesap stops before the request is sent', async () => {
    const id = await plan();
    apple.disassociate = NOT_SENT;
    const stopped = followRelease(deps, id, { aborted: true });
    await expect(stopped).rejects.toThrow(AppleFailureError);
    const waiting = await shown(id);
    apple = { ...apple, disassociate: null };

    await followRelease(deps, id);

    expect(waiting).toEqual(['planned', null, undefined]);
    expect(await shown(id)).toEqual(['accepted', null, undefined]);
  });

  describe("Apple's list decides the outcome of an event", () => {
    const failed = (certain: boolean): EventProgress => ({ state: 'failed', failure: refused(200, 9603), certain });

    async function accepted(): Promise<string> {
      const id = await plan();
      await followRelease(deps, id);
      world.pass(2 * SECOND_MS);
      return id;
    }

    test.each([
      ['done, and it is gone', { state: 'done' }, false, ['done', null, undefined]],
      ['failed, and it is gone', failed(true), false, ['done', null, undefined]],
      ['failed, and it stays', failed(true), true, ['failed', 'release.refused', 'refused']],
      ['complete with failures, and it is gone', failed(false), false, ['done', null, undefined]],
      ['done, but it is still listed', { state: 'done' }, true, ['accepted', null, undefined]],
      ['complete with failures, and it stays', failed(false), true, ['accepted', null, 'refused']],
    ] as [string, EventProgress, boolean, unknown[]][])('%s', async (_what, status, assigned, end) => {
      const id = await accepted();
      apple = { ...apple, status, assigned };

      await followRelease(deps, id);

      expect(await shown(id)).toEqual(end);
    });

    test('complete with failures half a minute later as well, it has failed', async () => {
      const id = await accepted();
      apple.status = failed(false);

      await followRelease(deps, id);
      world.pass(30 * SECOND_MS);
      await followRelease(deps, id);

      expect(await shown(id)).toEqual(['failed', 'release.refused', 'refused']);
    });

    test('done but still listed ten minutes later, it has failed', async () => {
      const id = await accepted();
      apple.status = { state: 'done' };

      for (let looks = 0; looks < 22; looks++) {
        await followRelease(deps, id);
        world.pass(30 * SECOND_MS);
      }

      expect(await shown(id)).toEqual(['failed', 'release.stuck', undefined]);
    });
  });

  test('Apple is polled about a pending event at most every half minute', async () => {
    const id = await plan();
    await followRelease(deps, id);
    for (let seconds = 2; seconds <= 91; seconds += 1) {
      world.now = new Date(NOW.getTime() + seconds * SECOND_MS);
      await Promise.all([followRelease(deps, id), followRelease(deps, id)]);
      await resumeReleases(deps);
    }

    expect(asked.filter((what) => what === 'status')).toHaveLength(3);
  });
});
