import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../tables.ts';

/** Rows of a location as one generation has them. */
export interface Reading {
  no: number;
  generation: number;
}

export interface HeldRow {
  assetNo: number;
  userHeld: boolean;
  holder: string;
}

/** A stretch of an asset's holders in their order: those that begin so, after the one before. */
interface Range {
  userHeld: boolean;
  prefix: string;
}

/** After every text that begins so, where bytes are compared. */
const LAST = '\u{10FFFF}';

/**
 * The next holders of an asset, devices first, each kind by name. Every range is read from the index and no further than
 * is wanted, so that the size of the table does not matter.
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

/** As typed, and as Apple writes serial numbers: an index knows no “in either case”. */
export function spellings(text: string): string[] {
  return [...new Set([text, text.toUpperCase(), text.toLowerCase()])];
}
