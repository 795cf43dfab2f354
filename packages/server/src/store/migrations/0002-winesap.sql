-- One row for ever: who this installation is to Apple (mdmInfo.id).
create table installation (
  one boolean primary key default true check (one),
  id uuid not null default gen_random_uuid(),
  created_at timestamptz not null default now()
);
insert into installation default values;

create table organizations (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 120),
  created_at timestamptz not null
);
create unique index organizations_name on organizations (lower(name));

create table policies (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organizations (id) on delete cascade,
  parent_id uuid,
  name text not null check (length(name) between 1 and 120),
  token_inheritance boolean not null default false,
  created_at timestamptz not null,
  unique (organization_id, id),
  -- A parent belongs to the same organization.
  foreign key (organization_id, parent_id) references policies (organization_id, id),
  check (parent_id <> id)
);
create unique index policies_name on policies (organization_id, coalesce(parent_id, organization_id), name);

-- Apple's library of licenses, known by its uId for ever; outlives every token that opens it.
create table locations (
  uid text primary key check (uid <> ''),
  name text,
  country text,
  default_platform text,
  website_url text
);

create table content_tokens (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organizations (id) on delete cascade,
  -- Kept after removal for the history; the policy itself may be deleted then.
  policy_id uuid references policies (id) on delete set null,
  location_uid text not null references locations (uid),
  -- JWE; null once the token is removed: a removed credential is forgotten, not hidden.
  sealed text,
  fingerprint text not null,
  file_name text,
  organization_name text,
  apple_id text,
  email text,
  apple_organization_id text,
  expires_at timestamptz,
  mode text not null check (mode in ('watch', 'manage')),
  version integer not null default 1 check (version > 0),
  mdm_id text,
  mdm_name text,
  mdm_metadata text,
  mdm_seen_at timestamptz,
  claim text not null check (claim in ('unknown', 'free', 'ours', 'agreed', 'taken')),
  agreed_claim_id text,
  claim_wanted boolean not null default false,
  state text not null check (state in ('healthy', 'expiring', 'expired', 'revoked', 'invalid', 'not-permitted',
    'claimed-elsewhere', 'terms', 'throttled', 'unreachable', 'unknown')),
  state_since timestamptz not null,
  failure jsonb,
  failed_at timestamptz,
  definite_at timestamptz,
  checked_at timestamptz,
  success_at timestamptz,
  synced_at timestamptz,
  next_check_at timestamptz not null,
  next_scan_at timestamptz,
  added_at timestamptz not null,
  added_by text not null,
  renewed_at timestamptz,
  renewed_by text,
  removed_at timestamptz,
  check ((removed_at is null) = (sealed is not null)),
  check (removed_at is not null or policy_id is not null)
);
-- One location, one token: two of them would be two truths about the same licenses.
create unique index content_tokens_location on content_tokens (location_uid) where removed_at is null;
create unique index content_tokens_policy on content_tokens (policy_id) where removed_at is null;
create index content_tokens_due_check on content_tokens (next_check_at) where removed_at is null;
create index content_tokens_due_scan on content_tokens (next_scan_at) where removed_at is null;

create table scans (
  id uuid primary key default gen_random_uuid(),
  token_id uuid not null references content_tokens (id) on delete cascade,
  location_uid text not null references locations (uid),
  reason text not null check (reason in ('button', 'schedule', 'renewal', 'added')),
  state text not null check (state in ('queued', 'running', 'succeeded', 'failed')),
  queued_at timestamptz not null,
  started_at timestamptz,
  -- When a process last moved it: a scan unmoved for long has lost its process.
  moved_at timestamptz not null,
  finished_at timestamptz,
  requests integer not null default 0,
  assets_done integer not null default 0,
  assets_total integer,
  assignments_done integer not null default 0,
  assignments_total integer,
  changes jsonb,
  failure_code text,
  failure jsonb,
  check ((state in ('succeeded', 'failed')) = (finished_at is not null))
);
-- One scan per location at a time.
create unique index scans_under_way on scans (location_uid) where state in ('queued', 'running');
create index scans_token on scans (token_id, queued_at desc);

create table assets (
  location_uid text not null references locations (uid),
  adam_id text not null,
  pricing_param text not null,
  product_type text not null,
  unlimited boolean not null,
  total integer not null,
  assigned integer not null,
  available integer not null,
  retired integer not null,
  device_assignable boolean not null,
  revocable boolean not null,
  platforms text[] not null,
  read_at timestamptz not null,
  -- Apple no longer lists it. Kept: somebody may want to know what was there.
  gone_at timestamptz,
  primary key (location_uid, adam_id, pricing_param)
);

create table assignments (
  location_uid text not null,
  adam_id text not null,
  pricing_param text not null,
  holder_kind text not null check (holder_kind in ('device', 'user')),
  holder text not null,
  primary key (location_uid, adam_id, pricing_param, holder_kind, holder)
);

-- Pages of a scan under way; they become visible all at once when it succeeds. Not logged: a crash empties it, and the
-- scan it belonged to begins anew.
create unlogged table staged_assignments (
  scan_id uuid not null references scans (id) on delete cascade,
  adam_id text not null,
  pricing_param text not null,
  holder_kind text not null,
  holder text not null,
  primary key (scan_id, adam_id, pricing_param, holder_kind, holder)
);

-- What the store says of an asset, per storefront country ('' when none is known).
create table asset_metadata (
  adam_id text not null,
  country text not null,
  name text,
  bundle_id text,
  icon_url text,
  icon bytea,
  icon_type text,
  read_at timestamptz not null,
  primary key (adam_id, country)
);

create table events (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  level text not null check (level in ('error', 'warning', 'info')),
  receiver_type text not null check (receiver_type in ('vpp-token', 'policy', 'organization', 'person', 'system')),
  receiver_name text not null,
  code text not null,
  text text not null,
  -- What Apple said, as it came.
  failure jsonb,
  -- No references: the log outlives what it tells of.
  organization_id uuid,
  policy_id uuid,
  token_id uuid,
  actor_id text,
  actor_name text,
  request_id text,
  data jsonb not null default '{}'
);
create index events_at on events (at);
create index events_token on events (token_id, id desc) where token_id is not null;
create index events_policy on events (policy_id, id desc) where policy_id is not null;
create index events_receiver on events (receiver_type, level, id desc);
