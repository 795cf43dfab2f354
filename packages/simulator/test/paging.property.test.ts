import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { AppleSide, type Json } from './apple-side.ts';

let apple: AppleSide;
beforeAll(async () => {
  apple = await AppleSide.start({ pageSize: 7 });
});
afterAll(() => apple.close());

const key = (row: Json) => `${row.adamId} ${row.pricingParam} ${row.serialNumber ?? row.clientUserId}`;

async function readPage(token: string, query: Record<string, string | number>): Promise<Json> {
  return (await apple.call('getAssignments', { token, query })).body;
}

async function readAll(token: string, query: Record<string, string | number> = {}): Promise<Json[]> {
  const rows: Json[] = [];
  for (let pageIndex: number | undefined = 0; pageIndex !== undefined; ) {
    const page: Json = await readPage(token, { ...query, pageIndex });
    rows.push(...page.assignments);
    pageIndex = page.nextPageIndex;
  }
  return rows;
}

test('whatever changes between pages, the first version and its delta lose no row and double none', async () => {
  const change = fc.record({ assign: fc.nat(9), unassign: fc.nat(9) });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 40 }), fc.array(change, { maxLength: 12 }), async (devices, changes) => {
      const { uId, token } = await apple.location();
      await apple.control('POST', `/locations/${uId}/bulk`, {
        assets: 2,
        devices,
        assignmentsPerDevice: 2,
        spare: 400,
      });
      const seen = new Map<string, Json>();
      const first = await readPage(token, {});
      for (const row of first.assignments) seen.set(key(row), row);
      let next: number | undefined = first.nextPageIndex;
      for (const step of changes) {
        await apple.control('POST', `/locations/${uId}/churn`, step);
        if (next === undefined) break;
        const page: Json = await readPage(token, { pageIndex: next });
        // A listing that shrank below the page asked for ends there; the delta tells the rest.
        for (const row of page.assignments ?? []) seen.set(key(row), row);
        next = page.errorNumber === 9650 ? undefined : page.nextPageIndex;
      }
      for (; next !== undefined; ) {
        const page: Json = await readPage(token, { pageIndex: next });
        for (const row of page.assignments) seen.set(key(row), row);
        next = page.nextPageIndex;
      }
      for (const row of await readAll(token, { sinceVersionId: first.versionId })) seen.set(key(row), row);

      const truth = await readAll(token);

      expect(new Set(truth.map(key)).size).toBe(truth.length);
      expect(truth.filter((row) => !seen.has(key(row)))).toEqual([]);
    }),
    { numRuns: 25 },
  );
});
