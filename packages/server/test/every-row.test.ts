import { expect, test } from 'vitest';
import { everyRow } from '../src/store/reads/every-row.ts';

test('an export reads page by page until the end, and requests no page before the previous rows are used', async () => {
  const asked: (string | undefined)[] = [];
  const rows = everyRow(async ({ cursor }) => {
    asked.push(cursor);
    const at = Number(cursor ?? 0);
    return { rows: [at, at + 1], nextCursor: at < 4 ? String(at + 2) : null };
  });

  const first = await rows.next();
  const askedForOne = [...asked];
  const others: number[] = [];
  for await (const row of rows) others.push(row);

  expect([first.value, ...others]).toEqual([0, 1, 2, 3, 4, 5]);
  expect(askedForOne).toEqual([undefined]);
  expect(asked).toEqual([undefined, '2', '4']);
});
