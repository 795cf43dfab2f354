import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../tables.ts';

/** Rows of a location in one generation. */
export interface Reading {
  no: number;
  generation: number;
}

export interface HeldRow {
  assetNo: number;
  userHeld: boolean;
  holder: string;
}

/** A range of an asset's holders in order: those with this prefix, after the given one. */
interface Range {
  userHeld: boolean;
  prefix: string;
}

/** Returns a text after all texts with this prefix, in byte order. */
const LAST = '\u{10FFFF}';

/**
 * Returns the next holders of an asset, devices first, each kind by name. Every range is read from the index and no
 * further than needed, so that the size of the table does not matter.
 */
export async function readHolders(
  db: Kysely<Tables>,
  { no, generation }: Reading,
  assetNo: number,
  filter: { q?: string | undefined; kind?: 'device' | 'user' | undefined },
  after: { userHeld: boolean; holder: string } | null,
  limit: number,
): Promise<HeldRow[]> {
  const ranges = rangesOf(filter).map(
    ({ userHeld, prefix }) => sql`(
      select asset_no, user_held, holder from assignments
      where location_no = ${no} and asset_no = ${assetNo} and user_held = ${userHeld}::boolean
        and holder >= ${prefix} ${prefix === '' ? sql`` : sql`and holder < ${prefix + LAST}`}
        ${after !== null && after.userHeld === userHeld ? sql`and holder > ${after.holder}` : sql``}
        ${after?.userHeld === true && !userHeld ? sql`and false` : sql``}
        and seen_in <= ${generation} and (gone_in is null or gone_in > ${generation})
      order by holder limit ${limit})`,
  );
  const { rows } = await sql<HeldRow>`
    select asset_no as "assetNo", user_held as "userHeld", holder from (${sql.join(ranges, sql` union all `)}) found
    order by user_held, holder limit ${limit}`.execute(db);
  return rows;
}

function rangesOf({ q = '', kind }: { q?: string | undefined; kind?: 'device' | 'user' | undefined }): Range[] {
  const kinds = kind === undefined ? [false, true] : [kind === 'user'];
  return kinds.flatMap((userHeld) => spellings(q).map((prefix) => ({ userHeld, prefix })));
}

/** Returns the text as typed and as Apple writes serial numbers, because an index can't ignore case. */
export function spellings(text: string): string[] {
  return [...new Set([text, text.toUpperCase(), text.toLowerCase()])];
}
