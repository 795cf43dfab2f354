import type { HolderPage } from '@winesap/api';
import { type Kysely, sql } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import { readCursor, writeCursor } from '../../reads/cursor.ts';
import type { Page } from '../../reads/page.ts';
import type { Tables } from '../../tables.ts';
import { readHolderUsers } from '../../users/reads/users.ts';
import type { AssetKey } from './asset-detail.ts';
import { readHolders } from './assignment-ranges.ts';

export interface HolderFilter {
  q?: string | undefined;
  kind?: 'device' | 'user' | undefined;
}

/** Returns who holds an asset: devices first, each kind by name. Null if the location never had it. */
export async function readHolderPage(
  db: Kysely<Tables>,
  key: AssetKey,
  filter: HolderFilter,
  page: Page,
): Promise<HolderPage | null> {
  const place = page.cursor === undefined ? null : readCursor(page.cursor, ['boolean', 'string']);
  const asset = await readNumbers(db, key);
  if (asset === null) return null;
  const after = place === null ? null : { userHeld: place[0], holder: place[1] };
  const rows =
    asset.held === 0 ? [] : await readHolders(db, asset, asset.assetNo, filter, after as never, page.limit + 1);
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const users = await readHolderUsers(
    db,
    asset.no,
    shown.filter(({ userHeld }) => userHeld).map(({ holder }) => holder),
  );
  return {
    holders: shown.map(({ userHeld, holder }) => ({
      kind: userHeld ? 'user' : 'device',
      holder,
      user: userHeld ? (users.get(holder) ?? null) : null,
    })),
    nextCursor: rows.length > page.limit && last !== undefined ? writeCursor([last.userHeld, last.holder]) : null,
    readAt: iso(asset.readAt),
    assigned: asset.assigned,
  };
}

export interface AssetNumbers {
  no: number;
  generation: number;
  /** Whether the location has visible rows. While it has none, staged ones are not read. */
  held: number;
  assetNo: number;
  /** Null: Apple hasn't said. */
  assigned: number | null;
  readAt: Date | null;
}

/** Returns the short numbers of an asset and its location, and the visible generation. */
export async function readNumbers(db: Kysely<Tables>, key: AssetKey): Promise<AssetNumbers | null> {
  const row = await db
    .selectFrom('locations')
    .innerJoin('assets', 'assets.location_uid', 'locations.uid')
    .select([
      'locations.no',
      'locations.generation',
      'locations.held',
      'assets.no as assetNo',
      'assets.assigned',
      sql<Date | null>`(select max(synced_at) from content_tokens where location_uid = locations.uid)`.as('readAt'),
    ])
    .where('locations.uid', '=', key.uId)
    .where('assets.adam_id', '=', key.adamId)
    .where('assets.pricing_param', '=', key.pricingParam)
    .where('assets.listed_at', 'is not', null)
    .executeTakeFirst();
  return row ?? null;
}
