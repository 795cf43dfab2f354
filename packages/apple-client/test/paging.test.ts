import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppleNoAnswer, createAppleClient, createLimiter, type RecoveringPage } from '../src/index.ts';
import { CONTENT_TOKEN, failure, quickClient } from './builders.ts';
import { type Change, ShiftingTable } from './shifting-table.ts';
import { VirtualClock } from './virtual-clock.ts';

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), at: fc.nat(1_000) }),
  fc.record({ kind: fc.constant('remove' as const), at: fc.nat(1_000), count: fc.integer({ min: 1, max: 6 }) }),
);
const quiet = fc.constant<Change[]>([]);
/** What changes before each request: usually nothing. */
const plan = fc.array(
  fc.oneof({ weight: 5, arbitrary: quiet }, { weight: 2, arbitrary: fc.array(change, { maxLength: 3 }) }),
  {
    maxLength: 60,
    size: 'max',
  },
);
const shape = { size: fc.integer({ min: 0, max: 80 }), pageSize: fc.integer({ min: 1, max: 12 }), plan };

function clientOf(table: ShiftingTable) {
  return quickClient('http://table.test', { fetch: table.fetch }).client;
}

describe('assignments that change during the read', () => {
  test('lose no row that existed throughout, repeat none, and include later changes', async () => {
    let recovered = 0;
    await fc.assert(
      fc.asyncProperty(fc.record(shape), async (options) => {
        const table = new ShiftingTable('assignments', options);

        const { rows, versionId, consistency } = await clientOf(table).assignments();

        const ids = rows.map((row) => row.adamId);
        expect(new Set(ids).size).toBe(ids.length);
        if (consistency === 'one-version') expect(ids).toEqual(table.idsIn(versionId));
        if (consistency !== 'uncertain') {
          const stillThere = new Set(table.idsIn(table.currentVersion));
          const missing = table.idsIn(versionId).filter((id) => stillThere.has(id) && !ids.includes(id));
          expect(missing).toEqual([]);
        }
        if (consistency === 'recovered') recovered += 1;
      }),
      { numRuns: 400 },
    );
    expect(recovered).toBeGreaterThan(100);
  });

  test('end even if they never hold still, and are marked uncertain', async () => {
    const restless = Array.from({ length: 5_000 }, (): Change[] => [{ kind: 'add', at: 0 }]);
    const table = new ShiftingTable('assignments', { size: 40, pageSize: 5, plan: restless });

    const { consistency } = await clientOf(table).assignments();

    expect(consistency).toBe('uncertain');
    expect(table.requests).toBeLessThan(500);
  });

  test('end even if more than a page moves at every request', async () => {
    const shrinking = Array.from({ length: 500 }, (): Change[] => [
      { kind: 'remove', at: 0, count: 6 },
      ...Array.from({ length: 6 }, (): Change => ({ kind: 'add', at: 999 })),
    ]);
    const table = new ShiftingTable('assignments', { size: 60, pageSize: 4, plan: shrinking });

    const { consistency } = await clientOf(table).assignments();

    expect(consistency).toBe('uncertain');
  });

  test('need one request per page while the version stays', async () => {
    const table = new ShiftingTable('assignments', { size: 1_000, pageSize: 10, plan: [] });

    const { rows, consistency } = await clientOf(table).assignments();

    expect(rows).toHaveLength(1_000);
    expect(consistency).toBe('one-version');
    expect(table.requests).toBe(100);
  });

  test('need only a few more requests for one release between two pages', async () => {
    const plan: Change[][] = Array.from({ length: 30 }, (_, at) =>
      at === 15 ? [{ kind: 'remove', at: 0, count: 1 }] : [],
    );
    const table = new ShiftingTable('assignments', { size: 300, pageSize: 10, plan });

    const { rows, consistency } = await clientOf(table).assignments();

    expect(rows).toHaveLength(300);
    expect(consistency).toBe('recovered');
    expect(table.requests).toBeLessThan(30 + 12);
  });

  test.each([
    [50, 1_000, 1.15],
    [250, 2_000, 1.15],
    [250, 1_000, 1.3],
  ])(
    'at %i ms with a change every %i ms need no more than %f requests per page',
    async (latencyMs, everyMs, allowed) => {
      const clock = new VirtualClock();
      const table = new ShiftingTable('assignments', { size: 30_000, pageSize: 100, plan: [] });
      let changes = 0;
      const client = createAppleClient({
        contentToken: CONTENT_TOKEN,
        time: clock,
        limiter: createLimiter(clock),
        fetch: async (input, init) => {
          // Uneven delays in both directions, the same in every run.
          const there = latencyMs * (0.3 + 0.4 * ((table.requests * 0.618) % 1));
          await clock.sleep(there);
          for (; (changes + 1) * everyMs < clock.now(); changes++) {
            table.apply({ kind: 'remove', at: changes * 7_919, count: 1 });
            table.apply({ kind: 'add', at: changes * 104_729 });
          }
          const answer = await table.fetch(input, init);
          await clock.sleep(latencyMs - there);
          return answer;
        },
      });

      const { consistency } = await clock.run(client.assignments());

      expect(consistency).toBe('recovered');
      expect(table.requests / 300).toBeLessThan(allowed);
    },
  );

  test('name the version to resume from, and a delta from there shows only what is new', async () => {
    const plan: Change[][] = [[], [], [], [{ kind: 'add', at: 0 }]];
    const table = new ShiftingTable('assignments', { size: 5, pageSize: 2, plan });
    const client = clientOf(table);
    const before = await client.assignments();

    const after = await client.assignments({ sinceVersionId: before.versionId });

    expect(after.rows.map((row) => row.adamId)).toEqual(['5']);
    expect(after.versionId).toBe(table.currentVersion);
  });

  test('pass on a version that Apple does not know', async () => {
    const client = quickClient('http://table.test', {
      fetch: async () => Response.json({ errorNumber: 9721, errorMessage: 'invalid version' }, { status: 400 }),
    }).client;

    expect(await failure(client.assignments({ sinceVersionId: 'old' }))).toMatchObject({ errorNumber: 9721 });
  });

  test('are held a few pages at a time, over ten thousand pages', async () => {
    const table = new ShiftingTable('assignments', { size: 30_000, pageSize: 3, plan: [] });
    let answered = 0;
    const client = quickClient('http://table.test', {
      fetch: async (input, init) => {
        answered += 1;
        return table.fetch(input, init);
      },
    }).client;
    let pages = 0;
    let furthestAhead = 0;

    for await (const page of client.assignmentPages()) {
      pages += 1;
      furthestAhead = Math.max(furthestAhead, answered - pages);
      expect(page.rows.length).toBe(3);
    }

    expect(pages).toBe(10_000);
    expect(furthestAhead).toBeLessThanOrEqual(8);
  });

  test('stop when the consumer stops', async () => {
    const table = new ShiftingTable('assignments', { size: 1_000, pageSize: 1, plan: [] });
    const seen: RecoveringPage<unknown>[] = [];

    for await (const page of clientOf(table).assignmentPages()) {
      seen.push(page);
      if (seen.length === 3) break;
    }

    expect(table.requests).toBeLessThan(20);
  });

  test('fail on a failed page only when its turn comes', async () => {
    const table = new ShiftingTable('assignments', { size: 50, pageSize: 5, plan: [] });
    const client = quickClient('http://table.test', {
      fetch: async (input, init) =>
        String(input).includes('pageIndex=4')
          ? Response.json({ errorNumber: 9625, errorMessage: 'revoked' }, { status: 401 })
          : table.fetch(input, init),
    }).client;
    let pages = 0;

    const error = await failure(
      (async () => {
        for await (const _page of client.assignmentPages()) pages += 1;
      })(),
    );

    expect(error).toMatchObject({ errorNumber: 9625, tokenProblem: 'revoked' });
    expect(pages).toBe(4);
  });
});

describe('assets that change during the read', () => {
  test('are an exact snapshot of one version, or fail as moved', async () => {
    let whole = 0;
    await fc.assert(
      fc.asyncProperty(fc.record(shape), async (options) => {
        const table = new ShiftingTable('assets', options);
        try {
          const { rows, versionId } = await clientOf(table).assets();
          expect(rows.map((row) => row.adamId)).toEqual(table.idsIn(versionId));
          whole += 1;
        } catch (error) {
          expect(error).toBeInstanceOf(AppleNoAnswer);
          expect(error).toMatchObject({ reason: 'moved', doing: 'retrieving token assets' });
        }
      }),
      { numRuns: 300 },
    );
    expect(whole).toBeGreaterThan(100);
  });

  test("fail page by page when they change and the caller can't discard void pages", async () => {
    const table = new ShiftingTable('assets', { size: 9, pageSize: 3, plan: [[], [{ kind: 'add', at: 0 }]] });

    const error = await failure(
      (async () => {
        for await (const _page of clientOf(table).assetPages());
      })(),
    );

    expect(error).toMatchObject({ kind: 'no-answer', reason: 'moved', mayHaveArrived: false });
  });

  test('restart page by page after notifying the caller', async () => {
    const table = new ShiftingTable('assets', { size: 9, pageSize: 3, plan: [[], [{ kind: 'add', at: 0 }]] });
    let staged: string[] = [];
    const passes: number[] = [];

    const pages = clientOf(table).assetPages(
      {},
      {
        onRestart: async (pass) => {
          passes.push(pass);
          staged = [];
        },
      },
    );
    for await (const page of pages) staged.push(...page.rows.map((row) => row.adamId));

    expect(passes).toEqual([1]);
    expect(staged).toEqual(table.idsIn(table.currentVersion));
  });
});
