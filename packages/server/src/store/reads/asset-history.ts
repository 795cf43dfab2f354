import type { AssetDay } from '@winesap/api';
import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';
import type { AssetKey } from './asset-detail.ts';

/** Stub. */
export async function readHistory(_db: Kysely<Tables>, _key: AssetKey): Promise<AssetDay[]> {
  return [];
}
