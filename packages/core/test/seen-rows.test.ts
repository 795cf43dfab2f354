import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Assignment, SeenRows } from '../src/index.ts';

const held = (holder: string, more: Partial<Assignment> = {}): Assignment => ({
  adamId: '361285480',
  pricingParam: 'STDQ',
  holderKind: 'device',
  holder,
  ...more,
});
const row = fc.record({
  adamId: fc.constantFrom('1', '11', '361285480'),
  pricingParam: fc.constantFrom('STDQ', 'PLUS'),
  holderKind: fc.constantFrom('device' as const, 'user' as const),
  holder: fc.string({ maxLength: 4 }),
});
const textOf = ({ adamId, pricingParam, holderKind, holder }: Assignment) =>
  JSON.stringify([adamId, pricingParam, holderKind, holder]);

test('a list contains what was added, once, and nothing else, even if it continues in another process', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 2000, size: 'max' }), fc.array(row), fc.nat(), (rows, others, cut) => {
      const first = new SeenRows('scan 1');
      const marks: Uint8Array[] = [];
      for (const [index, one] of rows.entries()) {
        first.add(one);
        if (index === cut) marks.push(first.takeMarks());
      }
      marks.push(first.takeMarks());
      const second = new SeenRows('scan 1', 10);
      for (const some of marks) second.putMarks(some);

      const texts = new Set(rows.map(textOf));
      for (const list of [first, second]) {
        expect(list.size).toBe(texts.size);
        for (const one of [...rows, ...others]) expect(list.has(one)).toBe(texts.has(textOf(one)));
      }
      expect(first.takeMarks()).toHaveLength(0);
    }),
    { numRuns: 30 },
  );
});

test('similar serial numbers have different marks, and other marks with another seed', () => {
  const serials = Array.from({ length: 200_000 }, (_, n) => `C02${n.toString(36).toUpperCase().padStart(9, '0')}`);
  const [one, other] = [new SeenRows('scan 1', serials.length), new SeenRows('scan 2', serials.length)];
  for (const serial of serials) {
    one.add(held(serial));
    other.add(held(serial));
  }

  expect(one.size).toBe(serials.length);
  expect(
    serials.filter((serial) => one.has(held(`${serial}X`)) || one.has(held(serial, { holderKind: 'user' }))),
  ).toEqual([]);
  const marks = new Set(new BigUint64Array(one.takeMarks().buffer));
  expect([...new BigUint64Array(other.takeMarks().buffer)].filter((mark) => marks.has(mark))).toEqual([]);
});
