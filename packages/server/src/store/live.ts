import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** The channel on which every process hears what changed, at the moment it is committed. */
export const LIVE_CHANNEL = 'winesap_live';

/** Ids only: the receiver reads the row. */
export type LiveNote =
  | { topic: 'event'; eventId: string; organizationId: string | null; policyId: string | null; tokenId: string | null }
  | { topic: 'scan'; id: string }
  | { topic: 'token'; tokenId: string; policyId: string; organizationId: string }
  | { topic: 'release'; id: string }
  | { topic: 'tree'; organizationId: string }
  | { topic: 'alert' }
  | { topic: 'channel'; channelId: string }
  /** This person, or a session or an API key of theirs, has changed or ended. Sent by triggers. */
  | { topic: 'access'; personId: string }
  /** Answers to lists may have changed. Sent by triggers. */
  | { topic: 'answers' };

/** Leaves with the commit of this transaction, or not at all. */
export async function notifyLive(trx: Kysely<Tables>, note: LiveNote): Promise<void> {
  await sql`select pg_notify(${LIVE_CHANNEL}, ${JSON.stringify(note)})`.execute(trx);
}
