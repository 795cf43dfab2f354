import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Migration {
  number: number;
  name: string;
  sql: string;
  /** SHA-256 of the file's text, hexadecimal. */
  checksum: string;
}

/** A row of `schema_migrations`. */
export interface AppliedRow {
  number: number;
  name: string;
  checksum: string;
}

const FOLDER = join(import.meta.dirname, '..', 'migrations');
const FILE_NAME = /^(\d{4})-([a-z0-9-]+)\.sql$/;
/** Returns the migrations of this Winesap in order. Throws if a file name or a number is wrong. */
export function readMigrations(folder: string = FOLDER): Migration[] {
  const migrations = readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => {
      const [, number, name] = FILE_NAME.exec(file) ?? [];
      if (!number || !name) throw new Error(`A migration is called NNNN-name.sql, not ${file}.`);
      const text = readFileSync(join(folder, file), 'utf8');
      return { number: Number(number), name, sql: text, checksum: createHash('sha256').update(text).digest('hex') };
    });
  const twice = migrations.find((one, index) => migrations[index + 1]?.number === one.number);
  if (twice) throw new Error(`Two migrations have the number ${twice.number}.`);
  return migrations;
}
