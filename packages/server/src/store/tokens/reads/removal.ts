import type { RemovalPreview } from '@winesap/api';
import { count } from '@winesap/core';
import { type Kysely, sql } from 'kysely';
import { readPlace } from '../../organizations/reads/policies.ts';
import type { Tables } from '../../tables.ts';
import { readToken } from './tokens.ts';

/** Returns what Remove Token would and would not do, with the numbers of the last scan. */
export async function readRemovalPreview(
  db: Kysely<Tables>,
  tokenId: string,
  now: Date,
): Promise<RemovalPreview | null> {
  const token = await readToken(db, tokenId, now);
  if (token === null) return null;
  const place = await readPlace(db, token.policyId);
  const heirs = place === null ? [] : place.tree.heirs(token.policyId);
  const { claim } = token.identity;
  const hook = await db
    .selectFrom('hooks')
    .select('path')
    .where('location_uid', '=', token.identity.uId)
    .where('state', '<>', 'released')
    .executeTakeFirst();
  const { users } = await db
    .selectFrom('user_sums')
    .innerJoin('locations', 'locations.no', 'user_sums.location_no')
    .where('locations.uid', '=', token.identity.uId)
    .select(sql<number>`coalesce(sum(user_sums.held), 0)::integer`.as('users'))
    .executeTakeFirstOrThrow();
  const name = token.identity.locationName ?? token.identity.uId;
  return {
    tokenId,
    locationName: name,
    assets: token.assets,
    assignments: token.assignments,
    readAt: token.lastSyncAt,
    usedBy: heirs.map((heir) => ({ policyId: heir.id, policyName: heir.name })),
    claim,
    canReleaseClaim: claim.state === 'ours',
    willNot: [
      `take back a license: ${held(token)} stay assigned at Apple.`,
      // Fact sheet §8: unassigned but installed (documented since 2026-07-08).
      'remove an app from any device: installed apps keep working while their license stays assigned, and for 30 days after it is taken back.',
      ...(users > 0 ? [`retire a user: what Apple knows of ${count(users, 'user')} stays.`] : []),
      'revoke the token at Apple: the file keeps working wherever else it is used.',
      'delete history or events.',
    ],
    will: [
      'forget the credential: Winesap can no longer read this location.',
      'stop scans, health checks and warnings for this location.',
      ...(heirs.length > 0
        ? [
            `leave ${count(heirs.length, 'policy', 'policies')} below without a token: ${heirs.map((heir) => heir.name).join(', ')}.`,
          ]
        : []),
      ...(hook === undefined ? [] : ['ask Apple not to notify Winesap of this location any more.']),
      ...(claim.state === 'ours' ? ['leave our claim at Apple, unless you release it here.'] : []),
    ],
  };
}

function held({ assets, assignments }: { assets: number | null; assignments: number | null }): string {
  if (assets === null || assignments === null) return 'all licenses';
  return `all ${count(assignments, 'license')} of ${count(assets, 'asset')}`;
}
