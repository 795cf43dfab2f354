import { type Kysely, sql } from 'kysely';
import type { Tables } from '../../tables.ts';
import type { HeldRow } from './assignment-ranges.ts';

/** Rows per query, which takes some milliseconds. */
const PAGE = 5000;
/** How long rows that an export may still read are kept; renewed with every page. */
const KEPT_FOR = '2 minutes';

/** The location was scanned twice during the export: the remaining rows would be from another time. */
class ReadingMoved extends Error {}

/**
 * Yields every assignment of a location, or of one asset in it, from the generation that is visible when this begins. A
 * scan that is shown in the meantime changes nothing, because the rows it removes are kept; only single licenses that
 * are assigned or released in the meantime may or may not be included. Memory use stays constant. Throws ReadingMoved
 * after a second scan.
 */
export async function* readAllAssignments(
  db: Kysely<Tables>,
  locationNo: number,
  filter: { assetNo?: number; kind?: 'device' | 'user' | undefined },
): AsyncGenerator<HeldRow[]> {
  const begun = await keepRows(db, locationNo);
  let after: HeldRow = { assetNo: filter.assetNo ?? 0, userHeld: filter.kind === 'user', holder: '' };
  for (;;) {
    const kept = await keepRows(db, locationNo);
    const { rows, generation } = await readPage(db, locationNo, begun.generation, filter, after);
    if (generation > begun.generation + 1 || (generation > begun.generation && kept.lapsed)) throw new ReadingMoved();
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = last;
  }
}

/** Returns one page and the generation that was visible at that moment. */
async function readPage(
  db: Kysely<Tables>,
  locationNo: number,
  wanted: number,
  { assetNo, kind }: { assetNo?: number; kind?: 'device' | 'user' | undefined },
  after: HeldRow,
): Promise<{ rows: HeldRow[]; generation: number }> {
  const { rows } = await sql<{ generation: number } & { [Name in keyof HeldRow]: HeldRow[Name] | null }>`
    select locations.generation, page.* from locations left join lateral (
      select asset_no as "assetNo", user_held as "userHeld", holder from assignments
      where location_no = ${locationNo} ${assetNo === undefined ? sql`` : sql`and asset_no = ${assetNo}`}
        and (location_no, asset_no, user_held, holder)
          > (${locationNo}::integer, ${after.assetNo}::integer, ${after.userHeld}::boolean, ${after.holder}::text)
        ${kind === undefined ? sql`` : sql`and user_held = ${kind === 'user'}::boolean`}
        and seen_in <= ${wanted} and (gone_in is null or gone_in > ${wanted})
      order by location_no, asset_no, user_held, holder limit ${PAGE}) page on true
    where locations.no = ${locationNo}`.execute(db);
  return {
    rows: rows.flatMap(({ assetNo: no, userHeld, holder }) =>
      no === null || userHeld === null || holder === null ? [] : [{ assetNo: no, userHeld, holder }],
    ),
    generation: rows[0]?.generation ?? wanted,
  };
}

/**
 * Records that rows are still needed. Returns the generation visible now, and whether the previous record had expired.
 */
async function keepRows(db: Kysely<Tables>, locationNo: number): Promise<{ generation: number; lapsed: boolean }> {
  const { rows } = await sql<{ generation: number; lapsed: boolean }>`
    with before as (select no, wanted_until from locations where no = ${locationNo} for no key update)
    update locations set wanted_until = now() + ${KEPT_FOR}::interval from before where locations.no = before.no
    returning generation, coalesce(before.wanted_until, '-infinity') < now() as lapsed`.execute(db);
  return rows[0] ?? { generation: 0, lapsed: true };
}
