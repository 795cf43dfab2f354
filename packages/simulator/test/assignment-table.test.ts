import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AssignmentTable } from '../src/world/assets/assignment-table.ts';
import { BULK_BASE } from '../src/world/assets/holders.ts';
import { SerialBlock } from '../src/world/assets/serial-block.ts';

const holder = fc.oneof(fc.nat(6), fc.integer({ min: BULK_BASE, max: BULK_BASE + 6 }));
const command = fc.record({ asset: fc.nat(4), holder, remove: fc.boolean(), mark: fc.boolean() });

test('rows, lookups and lists per holder stay those of a plain map, whatever is added and removed', () => {
  fc.assert(
    fc.property(fc.array(command, { maxLength: 400 }), (commands) => {
      const table = new AssignmentTable();
      const model = new Map<string, { asset: number; holder: number }>();
      for (const [version, { asset, holder: who, remove, mark }] of commands.entries()) {
        const row = table.find(asset, who);
        expect(row >= 0).toBe(model.has(`${asset} ${who}`));
        if (remove && row >= 0) {
          table.remove(row, mark ? version : undefined);
          model.delete(`${asset} ${who}`);
        } else if (!remove && row < 0) {
          table.add(asset, who, version);
          model.set(`${asset} ${who}`, { asset, holder: who });
        }
      }

      const rows = Array.from({ length: table.length }, (_, row) => `${table.asset[row]} ${table.holder[row]}`);
      expect(rows.sort()).toEqual([...model.keys()].sort());
      for (const one of new Set([...model.values()].map((row) => row.holder))) {
        const listed = table.rowsOf(one).map((row) => `${table.asset[row]} ${table.holder[row]}`);
        expect(listed.sort()).toEqual([...model.keys()].filter((key) => key.endsWith(` ${one}`)).sort());
      }
    }),
    { numRuns: 200 },
  );
});

test('a full index stays sound through many removals', () => {
  const table = new AssignmentTable();
  const model = new Set<string>();
  let lot = 1;
  const next = (below: number) => {
    lot = (Math.imul(lot, 1103515245) + 12345) >>> 0;
    return (lot >>> 8) % below;
  };
  for (let n = 0; n < 60_000; n++) {
    const [asset, who] = [next(5), next(150)];
    const row = table.find(asset, who);
    expect(row >= 0).toBe(model.has(`${asset} ${who}`));
    if (row < 0) {
      table.add(asset, who, n);
      model.add(`${asset} ${who}`);
    } else if (next(5) > 0) {
      table.remove(row, undefined);
      model.delete(`${asset} ${who}`);
    }
  }

  expect(table.length).toBe(model.size);
});

test('a growing table keeps every row', () => {
  const table = new AssignmentTable();
  for (let i = 0; i < 50_000; i++) table.add(i % 7, i, 1);

  for (let i = 0; i < 50_000; i += 97) expect(table.find(i % 7, i)).toBe(i);
  expect(table.find(1, 0)).toBe(-1);
});

test('computed serial numbers are unique, ten characters, and lead back to their device', () => {
  const block = new SerialBlock('CDFG', 0, 200_000);
  const seen = new Set<string>();
  for (let device = 0; device < 200_000; device += 3) {
    const serial = block.serial(device);
    expect(block.device(serial)).toBe(device);
    seen.add(serial);
  }

  expect(seen.size).toBe(Math.ceil(200_000 / 3));
  expect([...seen][5]).toMatch(/^CDFG[0-9A-Z]{6}$/);
  expect(block.device('CDFG!!!!!!')).toBeUndefined();
  expect(block.device(block.serial(200_000))).toBeUndefined();
});
