import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowFor } from '../src/lists/rows/row-keys.ts';
import { rowLines } from '../src/lists/rows/row-lines.ts';

const sizes = fc.array(fc.record({ px: fc.integer({ min: 20, max: 200 }), isDrawn: fc.boolean() }), { maxLength: 60 });

test('a long table is as high as all its rows, whichever of them are drawn', () => {
  fc.assert(
    fc.property(sizes, fc.integer({ min: 0, max: 12 }), (rows, gap) => {
      let start = 0;
      const placed = rows.map(({ px, isDrawn }, index) => {
        const row = { index, key: `row ${index}`, start, end: start + px, isDrawn };
        start += px + gap;
        return row;
      });
      const all = placed.at(-1)?.end ?? 0;
      const drawn = placed.filter(({ isDrawn }) => isDrawn);

      const lines = rowLines(drawn, all, gap);

      const room = lines.reduce((sum, line) => sum + (line.kind === 'room' ? line.px : 0), 0);
      const rowsPx = drawn.reduce((sum, row) => sum + row.end - row.start + gap, 0);
      const endsWithRow = lines.at(-1)?.kind === 'row';
      expect(lines.flatMap((line) => (line.kind === 'row' ? [line.index] : []))).toEqual(
        drawn.map(({ index }) => index),
      );
      expect(room + rowsPx - (endsWithRow ? gap : 0)).toBe(all);
    }),
  );
});

test('no key leads out of the table', () => {
  const keys = fc.constantFrom('ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End');
  fc.assert(
    fc.property(keys, fc.integer({ min: 1, max: 5000 }), fc.nat(), (key, count, at) => {
      const to = rowFor(key, at % count, count);
      expect(to).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThan(count);
    }),
  );
  expect(rowFor('Enter', 3, 10)).toBeNull();
});
