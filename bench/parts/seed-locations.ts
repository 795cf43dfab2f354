import { type Kysely, sql } from 'kysely';

const ASSETS = 40;
const EVENTS = 60;

/**
 * So many locations by SQL, each with a healthy token of a policy of its own, 40 assets with names and 60 events. Nothing of
 * them is due for a month, so that a server beside them has nothing else to do. `from` is how many there are already.
 */
export async function seedLocations<T>(db: Kysely<T>, from: number, to: number): Promise<void> {
  const numbers = sql`generate_series(${from + 1}::integer, ${to}::integer) n`;
  await sql`insert into organizations (name, created_at) values ('Orchard ' || ${from}::text, now())`.execute(db);
  const organization = sql`(select id from organizations where name = 'Orchard ' || ${from}::text)`;
  await sql`insert into locations (uid, name, country) select (2049025000431439 + n)::text, 'Barn ' || n, 'US'
    from ${numbers}`.execute(db);
  await sql`insert into policies (organization_id, name, created_at) select ${organization}, 'Barn ' || n, now()
    from ${numbers}`.execute(db);
  await sql`
    insert into content_tokens (organization_id, policy_id, location_uid, sealed, fingerprint, file_name, organization_name,
      apple_id, expires_at, mode, claim, mdm_id, mdm_name, state, state_since, definite_at, checked_at, success_at,
      synced_at, next_check_at, next_scan_at, added_at, added_by)
    select policies.organization_id, policies.id, (2049025000431439 + n)::text, 'sealed', md5(n::text),
      'sToken_for_Barn_' || n || '.vpptoken', 'Orchard', 'content' || n || '@orchard.example',
      now() + (30 + n % 300) * interval '1 day' + interval '1 hour', 'manage', 'ours', 'b4f1', 'Winesap', 'healthy',
      now() - interval '20 days', now(), now(), now(), now(), now() + interval '30 days', now() + interval '30 days',
      now() - interval '60 days', 'the bench'
    from ${numbers} join policies on policies.name = 'Barn ' || n`.execute(db);
  await sql`
    insert into assets (location_uid, adam_id, pricing_param, product_type, unlimited, total, assigned, available, retired,
      device_assignable, revocable, platforms, read_at, listed_at)
    select (2049025000431439 + n)::text, (361300000 + asset)::text, 'STDQ', 'App', false, 1000, 100 + asset, 900 - asset, 0,
      true, true, '{iOS,macOS}', now(), now()
    from ${numbers}, generate_series(1, ${ASSETS}::integer) asset`.execute(db);
  await sql`
    insert into asset_metadata (adam_id, country, name, bundle_id, icon_url, read_at)
    select (361300000 + asset)::text, 'us', 'App number ' || asset, 'example.app' || asset, 'https://icons.example/' || asset, now()
    from generate_series(1, ${ASSETS}::integer) asset on conflict do nothing`.execute(db);
  await sql`
    insert into events (at, level, receiver_type, receiver_name, code, text, organization_id, policy_id, token_id)
    select now() - (${EVENTS}::integer - event) * interval '1 day', 'info', 'vpp-token', 'Barn',
      case event when 5 then 'token.healthy' else 'scan.succeeded' end,
      'All licenses of this location were read: 40 assets, 4,820 assignments, nothing changed.',
      token.organization_id, token.policy_id, token.id
    from content_tokens token join (select (2049025000431439 + n)::text as uid from ${numbers}) fresh on fresh.uid = token.location_uid,
      generate_series(1, ${EVENTS}::integer) event order by event`.execute(db);
  await sql`analyze`.execute(db);
}
