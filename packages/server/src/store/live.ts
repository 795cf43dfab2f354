import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** The channel on which every process hears what changed, at the moment it is committed. */
export const LIVE_CHANNEL = 'winesap_live';

/** Ids only: who hears it reads the row. */
export type LiveNote =
  | { topic: 'event'; eventId: string; organizationId: string | null; policyId: string | null; tokenId: string | null }
  | { topic: 'scan'; id: string }
  | { topic: 'token'; tokenId: string; policyId: string; organizationId: string }
  | { topic: 'release'; id: string }
  | { topic: 'tree'; organizationId: string }
  | { topic: 'alert' }
  | { topic: 'channel'; channelId: string }
  /** This person, or a session or an API key of theirs, has changed or ended; told by triggers (0140, 0160). */
  | { topic: 'access'; personId: string }
  /** Lists may be other ones now; told by triggers (0160). */
  | { topic: 'answers' };

/** Leaves with the commit of this transaction, or not at all. */
export async function tell(trx: Kysely<Tables>, note: LiveNote): Promise<void> {
  await sql`select pg_notify(${LIVE_CHANNEL}, ${JSON.stringify(note)})`.execute(trx);
}
