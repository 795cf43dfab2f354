import { expect, test } from 'vitest';
import type { Assignment } from '../src/domain/licenses/asset.ts';
import type { AssignmentPage } from '../src/ports/apple.ts';
import { readHolders } from '../src/use-cases/scans/read-holders.ts';
import type { Reader } from '../src/use-cases/scans/reader.ts';

/** Pages of holders with their indexes, consistent in every number that Apple sends with them. */
function reading(...pages: [pageIndex: number, holders: string][]): Reader {
  const last = Math.max(...pages.map(([pageIndex]) => pageIndex));
  const pageOf = ([pageIndex, holders]: (typeof pages)[number]): AssignmentPage => ({
    rows: [...holders].map(
      (holder): Assignment => ({ adamId: '1', pricingParam: 'STDQ', holderKind: 'device', holder }),
    ),
    pageIndex,
    place: null,
    resumeVersion: 'v1',
    consistency: 'one-version',
    list: {
      pageIndex,
      listed: holders.length,
      said: {
        currentPageIndex: pageIndex,
        nextPageIndex: pageIndex < last ? pageIndex + 1 : null,
        totalPages: last + 1,
        size: holders.length,
      },
    },
  });
  const tx = {
    staging: {
      outlook: async () => ({ held: 0, after: 0 }),
      forgetMarks: async () => undefined,
      marks: async () => [],
      keepMarks: async () => undefined,
      addNew: async () => 0,
    },
    scans: { checkpoint: async () => undefined },
  };
  return {
    location: {
      async *assignmentPages() {
        yield* pages.map(pageOf);
      },
    },
    scan: { id: 'scan', uId: '1' },
    write: async (work: (given: typeof tx) => Promise<unknown>) => work(tx),
    sliceRows: 1,
    progress: { report: async () => undefined },
  } as unknown as Reader;
}

test.each<[string, 'agrees' | 'contradicts', [number, string][]]>([
  [
    'different holders',
    'agrees',
    [
      [0, 'AB'],
      [1, 'CD'],
    ],
  ],
  [
    'a page of holders in place of another one',
    'contradicts',
    [
      [0, 'AB'],
      [1, 'AB'],
    ],
  ],
  [
    'one holder in place of another one',
    'contradicts',
    [
      [0, 'AB'],
      [1, 'CB'],
    ],
  ],
  [
    'the same holders because it began again',
    'agrees',
    [
      [0, 'AB'],
      [0, 'AB'],
      [1, 'CD'],
    ],
  ],
])('a list of %s %s itself', async (_, kind, pages) => {
  const { evidence } = await readHolders(reading(...pages), 4, null);

  expect(evidence.kind).toBe(kind);
});
