import type { Release } from '@winesap/api';
import { type ReleaseFailure, releaseFailureWords } from '@winesap/core';
import type { Kysely, Selectable } from 'kysely';
import type { Tables } from '../tables.ts';
import { appleSaid, iso } from './apple-said.ts';

export async function readRelease(db: Kysely<Tables>, id: string): Promise<Release | null> {
  const row = await db.selectFrom('releases').selectAll().where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : releaseView(row);
}

/** The newest hundred of a location. */
export async function readReleases(
  db: Kysely<Tables>,
  uId: string,
  filter: { adamId?: string | undefined; holder?: string | undefined },
): Promise<Release[]> {
  let query = db
    .selectFrom('releases')
    .selectAll()
    .where('location_uid', '=', uId)
    .orderBy('requested_at', 'desc')
    .orderBy('id')
    .limit(100);
  if (filter.adamId !== undefined) query = query.where('adam_id', '=', filter.adamId);
  if (filter.holder !== undefined) query = query.where('holder', '=', filter.holder);
  return (await query.execute()).map(releaseView);
}

function releaseView(row: Selectable<Tables['releases']>): Release {
  const code = row.failure_code as ReleaseFailure | null;
  return {
    id: row.id,
    tokenId: row.token_id,
    uId: row.location_uid,
    adamId: row.adam_id,
    pricingParam: row.pricing_param,
    assetName: row.asset_name === row.adam_id ? null : row.asset_name,
    kind: row.user_held ? 'user' : 'device',
    holder: row.holder,
    state: row.state,
    text: code === null ? STATE_TEXT[row.state] : releaseFailureWords(code),
    failure: code === null ? null : { code, apple: appleSaid(row.failure, row.finished_at ?? row.requested_at) },
    eventId: row.event_id,
    requestedAt: iso(row.requested_at),
    requestedBy: row.requested_by,
    sentAt: iso(row.sent_at),
    acceptedAt: iso(row.accepted_at),
    finishedAt: iso(row.finished_at),
  };
}

const STATE_TEXT: Record<Release['state'], string> = {
  planned: 'About to be sent to Apple.',
  sent: 'Sent to Apple; waiting for its answer.',
  accepted: 'Apple has taken it on; waiting until it is done.',
  done: 'Released. The license is free again.',
  failed: 'Not released.',
};
