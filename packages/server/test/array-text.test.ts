import { forEachEngine } from '@winesap/testkit/engines';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import type { Database } from '../src/store/engine/open-database.ts';

forEachEngine((_name, open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  test('lists of texts, numbers, and booleans reach the database unchanged', async () => {
    // PostgreSQL's text can't contain the character 0.
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }).map((one) => one.replaceAll('\0', '')),
      fc.constantFrom('', ' ', '"', '","', '\\', '\\"', '{}', 'NULL', 'null', ','),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(text), fc.array(fc.maxSafeInteger()), fc.array(fc.boolean()), async (...lists) => {
        const [texts, numbers, flags] = lists;

        const { rows } = await sql`select ${texts}::text[] as texts, ${numbers}::int8[] as numbers,
          ${flags}::boolean[] as flags`.execute(database.db);

        expect(rows).toEqual([{ texts, numbers, flags }]);
      }),
      { numRuns: 100 },
    );
  });
});
