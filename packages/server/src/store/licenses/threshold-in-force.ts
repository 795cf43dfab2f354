import { type RawBuilder, sql } from 'kysely';

/**
 * Common tables, to be put after `with recursive`. The last one contains the threshold of a location for assets without
 * their own: `in_force (uid, unit, amount, source)`, one row each.
 * Shape: `where` selects locations by `locations.uid` and by `tokens.organization_id`.
 */
export function thresholdsInForce(where: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    place as (
      select locations.uid, tokens.policy_id, tokens.organization_id
      from locations left join content_tokens tokens on tokens.location_uid = locations.uid and tokens.removed_at is null
      where ${where}
    ), upward as (
      select place.uid, policies.id, policies.parent_id, 0 as steps
      from place join policies on policies.id = place.policy_id
      union all
      select upward.uid, policies.id, policies.parent_id, upward.steps + 1
      from upward join policies on policies.id = upward.parent_id
    ), in_force as (
      select distinct on (uid) uid, unit, amount, source from (
        select upward.uid, said.unit, said.amount, 'policy' as source, upward.steps
        from upward join low_thresholds said on said.policy_id = upward.id
        union all
        select place.uid, said.unit, said.amount, 'organization', 1000000
        from place join low_thresholds said on said.organization_id = place.organization_id
        union all
        select place.uid, said.unit, said.amount, 'installation', 1000001
        from place join low_thresholds said
          on said.organization_id is null and said.policy_id is null and said.location_uid is null
      ) every order by uid, steps
    )`;
}
