import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** The channel on which every process learns what changed, as soon as it is committed. */
export const LIVE_CHANNEL = 'winesap_live';

/** IDs only: the receiver reads the row. */
export type LiveNote =
  | { topic: 'event'; eventId: string; organizationId: string | null; policyId: string | null; tokenId: string | null }
  | { topic: 'scan'; id: string }
  | { topic: 'token'; tokenId: string; policyId: string; organizationId: string }
  | { topic: 'release'; id: string }
  | { topic: 'tree'; organizationId: string }
  | { topic: 'alert' }
  | { topic: 'channel'; channelId: string }
  | { topic: 'batch'; batchId: string }
  /** This person, or one of their sessions or API keys, has changed or ended. Sent by triggers. */
  | { topic: 'access'; personId: string }
  /** Lists may have changed. Sent by triggers. */
  | { topic: 'answers' };

/** Sent with the commit of this transaction, or not at all. */
export async function notifyLive(trx: Kysely<Tables>, note: LiveNote): Promise<void> {
  await sql`select pg_notify(${LIVE_CHANNEL}, ${JSON.stringify(note)})`.execute(trx);
}
