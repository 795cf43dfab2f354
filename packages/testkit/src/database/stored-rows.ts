import { createHash } from 'node:crypto';
import type { Stack } from '../start-stack.ts';

const TABLES = [
  'organizations',
  'policies',
  'locations',
  'content_tokens',
  'scans',
  'assets',
  'assignments',
  'pass_marks',
  'events',
] as const;

/** For every table about tokens and licenses: the number of rows, and a hash that changes when one of them does. */
export async function storedRows(stack: Stack): Promise<Record<string, { rows: number; mark: string }>> {
  return stack.withDatabase(async ({ db }) => {
    const found: Record<string, { rows: number; mark: string }> = {};
    for (const table of TABLES) {
      const rows = await db.selectFrom(table).selectAll().execute();
      const texts = rows.map((row) => JSON.stringify(row)).sort();
      const mark = createHash('sha256').update(texts.join('\n')).digest('hex').slice(0, 16);
      found[table] = { rows: rows.length, mark };
    }
    return found;
  });
}
