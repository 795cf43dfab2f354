import type { Holding } from '@winesap/api';
import { type Kysely, sql } from 'kysely';
import { HELD_NOW } from '../../held-now.ts';
import type { Tables } from '../../tables.ts';
import { readHolderUsers } from '../../users/reads/users.ts';
import { selectAssets } from './asset-view.ts';
import { spellings } from './assignment-ranges.ts';
import { locationRef, readSyncedAt, selectLocations } from './location.ts';

/** More than any device holds. A longer list is marked as cut. */
const MOST = 1000;
/** Locations per query, which takes about a tenth of a second, so that others get in between. */
const AT_ONCE = 25;

/** Returns what a device or a user holds, by location and name. `most` null: everything. */
export async function readHoldings(
  db: Kysely<Tables>,
  asked: { holder: string; uId?: string | undefined; kind?: 'device' | 'user' | undefined },
  most: number | null = MOST,
): Promise<{ holdings: Holding[]; complete: boolean }> {
  const uIds = asked.uId === undefined ? await readPlaces(db) : [asked.uId];
  const rows: HoldingRow[] = [];
  for (let at = 0; at < uIds.length && (most === null || rows.length <= most); at += AT_ONCE)
    rows.push(...(await rowsIn(db, uIds.slice(at, at + AT_ONCE), asked, most === null ? null : most + 1)));
  return {
    holdings: await viewsOf(db, most === null ? rows : rows.slice(0, most)),
    complete: most === null || rows.length <= most,
  };
}

/** Returns the locations in which it holds anything, in the order of the list. */
async function readPlaces(db: Kysely<Tables>): Promise<string[]> {
  const rows = await db.selectFrom('locations').select('uid').where('held', '>', 0).orderBy('uid').execute();
  return rows.map(({ uid }) => uid);
}

type HoldingRow = Awaited<ReturnType<typeof rowsIn>>[number];

/** There is no index by device, so each asset of these locations is looked up. */
async function rowsIn(
  db: Kysely<Tables>,
  uIds: readonly string[],
  asked: { holder: string; kind?: 'device' | 'user' | undefined },
  limit: number | null,
) {
  const kinds = asked.kind === undefined ? [false, true] : [asked.kind === 'user'];
  return selectAssets(db)
    .innerJoin('assignments', (join) =>
      join.onRef('assignments.location_no', '=', 'locations.no').onRef('assignments.asset_no', '=', 'assets.no'),
    )
    .where(HELD_NOW)
    .select(['assignments.holder', 'assignments.user_held'])
    .where(sql<boolean>`assignments.holder = any(${spellings(asked.holder)}::text[])`)
    .where(sql<boolean>`assignments.user_held = any(${kinds}::boolean[])`)
    .orderBy('assets.location_uid')
    .orderBy(sql`lower(asset_metadata.name)`)
    .orderBy('assets.adam_id')
    .where('assets.location_uid', 'in', [...uIds])
    .$if(limit !== null, (all) => all.limit(limit ?? 0))
    .execute();
}

async function viewsOf(db: Kysely<Tables>, rows: readonly HoldingRow[]): Promise<Holding[]> {
  const uIds = [...new Set(rows.map(({ location_uid }) => location_uid))];
  const places =
    uIds.length === 0
      ? []
      : await selectLocations(db).select('locations.no').where('locations.uid', 'in', uIds).execute();
  const holders = [...new Set(rows.filter((row) => row.user_held).map(({ holder }) => holder))];
  const at = new Map(
    await Promise.all(
      places.map(
        async (row) =>
          [
            row.uid,
            {
              place: { location: locationRef(row), readAt: await readSyncedAt(db, row.uid) },
              users: await readHolderUsers(db, row.no, holders),
            },
          ] as const,
      ),
    ),
  );
  return rows.flatMap((row): Holding[] => {
    const found = at.get(row.location_uid);
    if (found === undefined) return [];
    return [
      {
        kind: row.user_held ? 'user' : 'device',
        holder: row.holder,
        user: row.user_held ? (found.users.get(row.holder) ?? null) : null,
        adamId: row.adam_id,
        pricingParam: row.pricing_param,
        productType: row.product_type,
        name: row.name,
        iconUrl: row.icon_url === null ? null : `/api/icons/${row.adam_id}`,
        revocable: row.revocable,
        ...found.place,
      },
    ];
  });
}
