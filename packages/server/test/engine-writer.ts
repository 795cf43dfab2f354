import { sql } from 'kysely';
import { openDatabase } from '../src/store/engine/open-database.ts';

/** Writes row after row into the embedded database of the given folder, and prints each number once it is committed. */
const dataDir = process.argv[2];
if (!dataDir) throw new Error('Say which folder.');
const limit = Number(process.argv[3] ?? Number.POSITIVE_INFINITY);
const { db, close } = await openDatabase({ kind: 'embedded', dataDir });
await sql`create table if not exists written (n integer)`.execute(db);
for (let n = 1; n <= limit; n++) {
  await sql`insert into written values (${n})`.execute(db);
  process.stdout.write(`${n}\n`);
}
await close();
