import type { Organization } from '@winesap/api';
import { type Kysely, sql } from 'kysely';
import { iso } from '../../reads/apple-said.ts';
import type { Tables } from '../../tables.ts';

export async function readOrganizations(db: Kysely<Tables>, id?: string): Promise<Organization[]> {
  let query = db
    .selectFrom('organizations')
    .select([
      'id',
      'name',
      'created_at',
      sql<number>`(select count(*)::int from policies where organization_id = organizations.id)`.as('policies'),
      sql<number>`(select count(*)::int from content_tokens where organization_id = organizations.id and removed_at is null)`.as(
        'tokens',
      ),
    ])
    .orderBy(sql`lower(name)`);
  if (id !== undefined) query = query.where('id', '=', id);
  const rows = await query.execute();
  return rows.map(({ created_at, ...rest }) => ({ ...rest, createdAt: iso(created_at) }));
}
