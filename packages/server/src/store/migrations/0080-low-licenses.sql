-- When licenses of an asset count as low. The nearest one holds: the asset's, then that of the policy that holds the
-- location's token and of those above it, then the organization's, then the installation's, which always exists.
create table low_thresholds (
  id uuid primary key default gen_random_uuid(),
  -- At most one scope is named; none of them is the installation.
  organization_id uuid unique references organizations (id) on delete cascade,
  policy_id uuid unique references policies (id) on delete cascade,
  location_uid text,
  adam_id text,
  pricing_param text,
  unit text not null check (unit in ('licenses', 'percent', 'never')),
  -- Low when at most so many, or so many percent of the total, are available.
  amount integer check (amount >= 0),
  foreign key (location_uid, adam_id, pricing_param) references assets (location_uid, adam_id, pricing_param)
    on delete cascade,
  check (num_nonnulls(organization_id, policy_id, location_uid) <= 1),
  check ((location_uid is null) = (adam_id is null) and (location_uid is null) = (pricing_param is null)),
  check ((unit = 'never') = (amount is null)),
  check (unit <> 'percent' or amount <= 100)
);
create unique index low_thresholds_asset on low_thresholds (location_uid, adam_id, pricing_param)
  where location_uid is not null;
create unique index low_thresholds_installation on low_thresholds ((true))
  where organization_id is null and policy_id is null and location_uid is null;
insert into low_thresholds (unit, amount) values ('percent', 10);

-- Since when the asset was read to be low; null: it is not. Written with the counts, and when a threshold changes.
alter table assets add column low_since timestamptz;
create index assets_low on assets (location_uid) where low_since is not null;
