-- The schema of Winesap as of 2026-11-28: the migrations that were there then, each after a line with its name.
--- 0001-auth
-- People, their sessions and API keys. The columns are those the sign-in library asks for, in our spelling.

create table auth_user (
  id text primary key,
  name text not null,
  -- Always in small letters: the same address is the same person.
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  role text not null check (role in ('owner', 'admin', 'viewer')),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create table auth_session (
  id text primary key,
  user_id text not null references auth_user (id) on delete cascade,
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_session_user on auth_session (user_id);

create table auth_account (
  id text primary key,
  user_id text not null references auth_user (id) on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  -- A salted hash (scrypt), never the password.
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index auth_account_user on auth_account (user_id);

create table auth_verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_verification_identifier on auth_verification (identifier);

create table auth_api_key (
  id text primary key,
  config_id text not null default 'default',
  name text,
  -- The first letters, to tell keys apart; the key itself is kept only as a hash.
  start text,
  prefix text,
  key text not null unique,
  -- The person: a key ends with its owner.
  reference_id text not null references auth_user (id) on delete cascade,
  refill_interval integer,
  refill_amount integer,
  last_refill_at timestamptz,
  enabled boolean not null default true,
  rate_limit_enabled boolean not null default false,
  rate_limit_time_window bigint,
  rate_limit_max integer,
  request_count integer not null default 0,
  remaining integer,
  last_request timestamptz,
  expires_at timestamptz,
  permissions text,
  metadata text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index auth_api_key_person on auth_api_key (reference_id);
--- 0002-winesap
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
--- 0010-calendar
-- A calendar of expiries at a secret address. Only a hash of the secret is known here.
create table calendar_feeds (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 120),
  -- Null: the tokens of all organizations.
  organization_id uuid references organizations (id) on delete cascade,
  secret_hash text not null unique,
  created_at timestamptz not null,
  created_by text not null,
  last_read_at timestamptz
);

-- How often the date in the calendar has moved (SEQUENCE), and when last: calendars take a change only when told so.
alter table content_tokens
  add column expiry_revision integer not null default 0,
  add column expiry_revised_at timestamptz not null default now();

create function revise_expiry() returns trigger language plpgsql as $$
begin
  new.expiry_revision := old.expiry_revision + 1;
  new.expiry_revised_at := now();
  return new;
end $$;

create trigger content_tokens_expiry before update on content_tokens for each row
  when (old.expires_at is distinct from new.expires_at or old.removed_at is distinct from new.removed_at)
  execute function revise_expiry();
--- 0020-alerts
create table channels (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('webhook', 'email')),
  name text not null check (length(name) between 1 and 120),
  -- What people know it by: a host, the recipients. Never a secret.
  target text not null,
  -- All settings as JSON, JWE.
  sealed text not null,
  created_at timestamptz not null,
  -- Somebody sends through it at this moment: deliveries of one channel leave in order.
  taken_until timestamptz,
  disabled_at timestamptz,
  disabled_why text,
  check ((disabled_at is null) = (disabled_why is null))
);

create table rules (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 120),
  enabled boolean not null,
  scope jsonb not null,
  condition jsonb not null,
  created_at timestamptz not null
);

create table rule_channels (
  rule_id uuid not null references rules (id) on delete cascade,
  channel_id uuid not null references channels (id) on delete cascade,
  primary key (rule_id, channel_id)
);

-- One row once the rules of a fresh installation were made, so that deleted ones stay deleted.
create table default_rules_made (
  one boolean primary key default true check (one),
  at timestamptz not null
);

create table alerts (
  id uuid primary key default gen_random_uuid(),
  rule_id uuid not null references rules (id) on delete cascade,
  key text not null,
  subject text not null,
  token_id uuid not null references content_tokens (id) on delete cascade,
  organization_id uuid not null references organizations (id) on delete cascade,
  title text not null,
  text text not null,
  opened_at timestamptz not null,
  acknowledged_at timestamptz,
  acknowledged_by text,
  resolved_at timestamptz,
  -- Never told twice, whatever clocks and processes do.
  constraint alerts_key unique (rule_id, key),
  check ((acknowledged_at is null) = (acknowledged_by is null))
);
create index alerts_opened on alerts (opened_at desc, id desc);
create index alerts_open on alerts (rule_id) where resolved_at is null;

create table deliveries (
  id uuid primary key default gen_random_uuid(),
  -- The order within a channel.
  number bigint generated always as identity unique,
  channel_id uuid not null references channels (id) on delete cascade,
  message jsonb not null,
  created_at timestamptz not null,
  state text not null default 'waiting' check (state in ('waiting', 'sent', 'failed')),
  attempts integer not null default 0,
  next_at timestamptz not null,
  settled_at timestamptz,
  check ((state = 'waiting') = (settled_at is null))
);
create index deliveries_waiting on deliveries (channel_id, number) where state = 'waiting';

create table delivery_attempts (
  delivery_id uuid not null references deliveries (id) on delete cascade,
  attempt integer not null,
  at timestamptz not null,
  succeeded boolean not null,
  note text not null,
  primary key (delivery_id, attempt)
);
--- 0030-upload-links
-- An address a customer drops his fresh file on. Only a hash of its secret is known here.
create table upload_links (
  id uuid primary key default gen_random_uuid(),
  token_id uuid not null references content_tokens (id) on delete cascade,
  secret_hash text not null unique,
  auto_confirm boolean not null,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index upload_links_token on upload_links (token_id, created_at desc);

-- Files that came through a link. Sealed while they wait, forgotten once they are settled.
create table uploads (
  id uuid primary key default gen_random_uuid(),
  link_id uuid not null references upload_links (id) on delete cascade,
  token_id uuid not null references content_tokens (id) on delete cascade,
  file_name text,
  sealed text,
  fingerprint text not null,
  state text not null check (state in ('waiting', 'renewed', 'declined')),
  uploaded_at timestamptz not null,
  settled_at timestamptz,
  settled_by text,
  check ((state = 'waiting') = (sealed is not null))
);
create index uploads_token on uploads (token_id, uploaded_at desc);
--- 0040-versions
-- Where a location's reading stands at Apple: what the next scan goes on from. Written with the rows it speaks of.
create table readings (
  location_uid text primary key references locations (uid),
  -- Apple's version of the assets stored.
  assets_version text not null,
  -- What to ask assignments since.
  assignments_version text not null,
  -- Rows of the location in assignments, so that nobody has to count a million.
  held integer not null check (held >= 0),
  -- How many more assignments Apple lists than its counts say, where a reading of one moment proved it; else 0.
  surplus integer not null,
  full_at timestamptz not null,
  full_every_ms bigint not null check (full_every_ms > 0),
  -- When a person's scan last read only changes: asked again at once, all of it is read.
  asked_at timestamptz,
  read_at timestamptz not null
);

-- How it was read: whole, or only what changed. Null while nobody knows, and for scans of the time before.
alter table scans add column kind text check (kind in ('full', 'changes'));
--- 0050-generations
-- A location's assignments are stored by generation: what a reading finds is written with the next generation, in as many
-- small transactions as it takes, and becomes visible when `generation` moves on. Keys are short numbers, because there
-- are millions of them.
alter table locations
  add column no integer generated always as identity,
  add column generation integer not null default 0 check (generation >= 0),
  -- Rows visible now, so that nobody has to count a million.
  add column held integer not null default 0,
  -- Rows that only the next generation has, and rows that it has no more.
  add column coming integer not null default 0 check (coming >= 0),
  add column going integer not null default 0 check (going >= 0);
create unique index locations_no on locations (no);

alter table assets
  add column no integer generated always as identity,
  -- Null: an assignment names it, and Apple has not listed it yet.
  add column listed_at timestamptz;
create unique index assets_no on assets (no);
update assets set listed_at = read_at;

alter table assignments rename to assignments_before;
alter index assignments_pkey rename to assignments_before_pkey;
create table assignments (
  location_no integer not null,
  asset_no integer not null,
  -- False: `holder` is a device's serial number. True: a user's clientUserId.
  user_held boolean not null,
  holder text not null collate "C",
  -- Held from generation `seen_in` on, and before `gone_in`.
  seen_in integer not null,
  gone_in integer,
  primary key (location_no, asset_no, user_held, holder)
);
-- Few rows at a time: those that are to be deleted.
create index assignments_gone on assignments (location_no, gone_in) where gone_in is not null;

insert into assets (location_uid, adam_id, pricing_param, product_type, unlimited, total, assigned, available, retired,
  device_assignable, revocable, platforms, read_at, gone_at)
select distinct location_uid, adam_id, pricing_param, 'App', false, 0, 0, 0, 0, false, false, '{}'::text[], now(), now()
from assignments_before on conflict do nothing;
insert into assignments (location_no, asset_no, user_held, holder, seen_in)
select locations.no, assets.no, held.holder_kind = 'user', held.holder, 0
from assignments_before held
join locations on locations.uid = held.location_uid
join assets on assets.location_uid = held.location_uid and assets.adam_id = held.adam_id
  and assets.pricing_param = held.pricing_param
order by 1, 2, 3, 4;
drop table assignments_before;
update locations set held = counted.held
from (select location_no, count(*) as held from assignments group by location_no) counted where counted.location_no = no;
alter table readings drop column held;

-- Pages of a reading under way that is compared with what is stored once it is complete. Logged, so that a reading goes
-- on where it was after its process died.
drop table staged_assignments;
create table staged_assignments (
  location_no integer not null,
  asset_no integer not null,
  user_held boolean not null,
  holder text not null collate "C",
  primary key (location_no, asset_no, user_held, holder)
);

-- What a notification told while the location is read: newer than what the reading finds of the same row, which leaves
-- it alone.
create table newer_assignments (
  location_no integer not null,
  asset_no integer not null,
  user_held boolean not null,
  holder text not null collate "C",
  primary key (location_no, asset_no, user_held, holder)
);
--- 0051-checkpoints
-- How far a full pass is staged, written with its rows: the pages after it are read when the scan goes on in another
-- process, if Apple's version is still the same.
alter table scans add column checkpoint jsonb;
--- 0060-scan-attempts
-- How often a process has begun the scan. The last one owns it: what an older one still says or stages is refused.
alter table scans add column attempt integer not null default 0 check (attempt >= 0);
--- 0061-request-budgets
-- What the processes of an installation share about what Apple lets each location take: who may send how much until when.
create table request_budgets (
  -- No reference: a file is looked at before its location is anybody's.
  location_uid text primary key,
  budget jsonb not null,
  -- Counts changes: whoever decided on an older one decides again.
  revision bigint not null
);
--- 0062-schedule
-- How often the location is read now: sooner where something changed, up to the agreed time where nothing did. Null: as agreed.
alter table content_tokens add column scan_every_ms bigint check (scan_every_ms > 0);
-- Scans that failed since the last one that did not.
alter table content_tokens add column scan_failures integer not null default 0 check (scan_failures >= 0);
--- 0070-notifications
-- Where Apple tells us of changes at a location, and the secret it sends along. Outlives tokens, as locations do.
create table hooks (
  location_uid text primary key references locations (uid),
  -- The last part of our address; random, so that one location's address gives away no other's.
  path text not null unique,
  -- Sealed; the mark is its fingerprint, to be compared with what Apple shows.
  secret text not null,
  secret_mark text not null,
  secret_at timestamptz not null,
  -- On its way to Apple. Both are accepted until Apple shows the new one.
  next_secret text,
  next_mark text,
  next_at timestamptz,
  rotation_wanted boolean not null default false,
  state text not null check (state in ('wanted', 'set', 'drifted', 'refused', 'released')),
  set_at timestamptz,
  -- What Apple showed last: the address as it may be shown to people, and how it compares with ours.
  shown text not null check (shown in ('nothing', 'ours', 'moved', 'foreign')),
  shown_url text,
  shown_types text[] not null default '{}',
  shown_at timestamptz,
  -- All that Apple offers and Winesap takes, as of the last time Apple was asked.
  wanted_types text[] not null default '{}',
  types_at timestamptz,
  failure jsonb,
  failed_at timestamptz,
  attempts integer not null default 0,
  -- Somebody tells Apple at this moment.
  busy_until timestamptz,
  next_try_at timestamptz,
  received_at timestamptz,
  -- Requests that did not carry the secret.
  refused bigint not null default 0,
  refused_at timestamptz,
  refused_told_at timestamptz,
  -- When the log last said what notifications changed.
  told_at timestamptz,
  check ((next_secret is null) = (next_mark is null) and (next_secret is null) = (next_at is null)),
  check ((failure is null) = (failed_at is null))
);

-- The inbox: what Apple said, as it came. Answered only when it is here.
create table notifications (
  id bigint generated always as identity primary key,
  location_uid text not null,
  -- Apple's, or a hash of the body where there is none.
  notification_id text not null,
  -- Apple's word; null when the body could not be read.
  type text,
  body text not null,
  received_at timestamptz not null,
  processed_at timestamptz,
  -- What it changed.
  effect jsonb,
  -- Why it could not be processed; it waits for a person then.
  failure text,
  -- The log has said so.
  told boolean not null default false,
  check (processed_at is null or effect is not null),
  check (processed_at is null or failure is null)
);
create unique index notifications_once on notifications (location_uid, notification_id);
create index notifications_place on notifications (location_uid, id);
create index notifications_waiting on notifications (location_uid, id) where processed_at is null and failure is null;
create index notifications_failed on notifications (location_uid, id) where failure is not null;
create index notifications_untold on notifications (location_uid) where processed_at is not null and not told;
create index notifications_received on notifications (received_at);

alter table scans drop constraint scans_reason_check;
alter table scans add constraint scans_reason_check
  check (reason in ('button', 'schedule', 'renewal', 'added', 'notification'));
--- 0071-doubts
-- Assets about which notifications said something since Apple was last asked. The next scan looks at them more closely;
-- urgent ones are asked about at once. An empty name stands for the whole location.
create sequence doubt_numbers;
create table doubts (
  location_uid text not null references locations (uid),
  adam_id text not null,
  pricing_param text not null,
  -- Moves on with every new doubt, so that an answer to an older one does not settle it.
  number bigint not null default nextval('doubt_numbers'),
  -- Licenses were given back: counts alone cannot prove which.
  taken boolean not null,
  urgent boolean not null,
  primary key (location_uid, adam_id, pricing_param)
);

-- When notifications last had a location read.
alter table hooks add column scan_asked_at timestamptz;
--- 0080-low-licenses
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
--- 0081-asset-days
-- Counts of assets over time: a row for a day only when something changed that day, with the last reading of the day. Older
-- days are made fewer by the nightly purge.
create table asset_days (
  asset_no integer not null references assets (no) on delete cascade,
  -- UTC.
  day date not null,
  read_at timestamptz not null,
  total integer not null,
  assigned integer not null,
  available integer not null,
  retired integer not null,
  unlimited boolean not null,
  gone boolean not null,
  primary key (asset_no, day)
);
insert into asset_days
select no, (read_at at time zone 'UTC')::date, read_at, total, assigned, available, retired, unlimited, gone_at is not null
from assets where listed_at is not null;

-- What changed asset by asset, in words, so far as it is worth a line.
alter table scans add column asset_changes jsonb;
--- 0082-releases
-- Licenses taken back by hand. The row is there before anything is sent, and says sent before it is.
create table releases (
  id uuid primary key default gen_random_uuid(),
  token_id uuid not null references content_tokens (id) on delete cascade,
  location_uid text not null references locations (uid),
  adam_id text not null,
  pricing_param text not null,
  user_held boolean not null,
  holder text not null collate "C",
  -- As it was called then.
  asset_name text not null,
  state text not null check (state in ('planned', 'sent', 'accepted', 'done', 'failed')),
  -- Apple's number of the event.
  event_id text,
  requested_at timestamptz not null,
  requested_by text not null,
  sent_at timestamptz,
  accepted_at timestamptz,
  finished_at timestamptz,
  -- When to look again; its job may have gone with its process.
  look_at timestamptz not null,
  failure_code text,
  failure jsonb,
  check ((state in ('done', 'failed')) = (finished_at is not null)),
  check ((state = 'failed') = (failure_code is not null)),
  check (state <> 'accepted' or (event_id is not null and sent_at is not null))
);
-- One release per assignment at a time.
create unique index releases_under_way on releases (location_uid, adam_id, pricing_param, user_held, holder)
  where state in ('planned', 'sent', 'accepted');
create index releases_due on releases (look_at) where state in ('planned', 'sent', 'accepted');
create index releases_event on releases (location_uid, event_id) where event_id is not null;
create index releases_location on releases (location_uid, requested_at desc);
--- 0083-wanted-rows
-- Until then somebody writes out the location's assignments: rows that only earlier generations have are not deleted.
alter table locations add column wanted_until timestamptz;
--- 0090-alerting
-- More ways to tell people, and when to tell them.
alter table channels
  drop constraint channels_kind_check,
  add constraint channels_kind_check check (kind in ('webhook', 'email', 'slack', 'teams', 'json')),
  -- Time zone, quiet hours, digest.
  add column timing jsonb not null default '{"timeZone": "UTC", "quiet": null, "digest": {"kind": "immediately"}}',
  -- The weekly report: when, and of which organization.
  add column report jsonb,
  -- The last report, or since when one is wanted: the next moment after it is due.
  add column reported_at timestamptz,
  add check ((report is null) = (reported_at is null));

alter table rules
  -- Waits for no quiet hours and no digest.
  add column urgent boolean not null default false,
  add column repeat_hours integer check (repeat_hours > 0),
  add column escalate_hours integer check (escalate_hours > 0);

-- A rule tells some channels at once, and others when nobody acknowledged it in time.
alter table rule_channels
  add column purpose text not null default 'tell' check (purpose in ('tell', 'escalate')),
  drop constraint rule_channels_pkey,
  add primary key (rule_id, channel_id, purpose);

-- Conditions about states now know both ways.
update rules set condition = jsonb_build_object('kind', 'state', 'entered', condition -> 'states', 'left', '[]'::jsonb)
  where condition ->> 'kind' = 'state';

-- Rules are looked at by one process at a time: what is told may depend on what was told.
create table alerting (
  one boolean primary key default true check (one)
);
insert into alerting default values;

alter table alerts
  -- The order in which they were opened, also of many in one moment.
  add column number bigint generated always as identity unique,
  add column told_times integer not null default 1 check (told_times > 0),
  add column told_at timestamptz,
  add column escalated_at timestamptz;
update alerts set told_at = opened_at;
alter table alerts alter column told_at set not null;

-- What a channel is still to be told. Becomes part of a delivery once the channel's hours allow it.
create table tellings (
  channel_id uuid not null references channels (id) on delete cascade,
  alert_id uuid not null references alerts (id) on delete cascade,
  -- 'new', 'again', or 'escalated'; `number` counts the repetitions.
  why text not null check (why in ('new', 'again', 'escalated')),
  number integer not null,
  urgent boolean not null,
  since timestamptz not null,
  primary key (channel_id, alert_id, why, number)
);

alter table deliveries
  add column kind text not null default 'alerts' check (kind in ('alerts', 'test', 'report'));
create index deliveries_channel on deliveries (channel_id, number);

alter table content_tokens
  -- Days before expiry, in the place of those of every rule.
  add column expiry_days integer[],
  -- The last states it has left, newest last: [{state, since, until}].
  add column state_trail jsonb not null default '[]',
  -- One more with every change of the claim, so that the same holder coming back is news again.
  add column claim_revision integer not null default 0;

create function keep_state_trail() returns trigger language plpgsql as $$
begin
  new.state_trail := (
    select coalesce(jsonb_agg(span order by place), '[]')
    from (
      select span, place
      from jsonb_array_elements(
        old.state_trail || jsonb_build_object('state', old.state, 'since', old.state_since, 'until', new.state_since)
      ) with ordinality as spans (span, place)
      order by place desc
      limit 8
    ) as latest
  );
  return new;
end $$;

create trigger content_tokens_state_trail before update on content_tokens for each row
  when (old.state is distinct from new.state)
  execute function keep_state_trail();

create function revise_claim() returns trigger language plpgsql as $$
begin
  new.claim_revision := old.claim_revision + 1;
  return new;
end $$;

create trigger content_tokens_claim before update on content_tokens for each row
  when (old.claim is distinct from new.claim or old.mdm_id is distinct from new.mdm_id)
  execute function revise_claim();

-- Scans that failed are asked for every minute, by what tells rules about them.
create index scans_failed on scans (token_id, queued_at) where state = 'failed';

-- Assets that run low: by number, and by share of all that were bought.
create index assets_few on assets (available) where gone_at is null and not unlimited and total > 0;
create index assets_small_share on assets ((available::float8 / total))
  where gone_at is null and not unlimited and total > 0;
--- 0091-failed-releases
-- Rules ask every minute how many failed of late.
create index releases_failed on releases (finished_at) where state = 'failed';
--- 0100-users
-- People who can hold licenses, as Apple lists them (GET /users). One row per clientUserId: the active registration if
-- there is one, else one that retired. As with assignments a reading is written with the next generation and becomes
-- visible when `generation` moves on; a user who changed is a new version of the row.
create table user_readings (
  location_no integer primary key,
  -- Rows of `users` are seen as of this one.
  generation integer not null default 0 check (generation >= 0),
  -- What to ask for changes since. Null: never read.
  version text,
  read_at timestamptz,
  -- While a reading is under way, and until what it left is cleared: the last of `told_users` when it began.
  begun_after bigint,
  -- Users whom the next generation changes, so that nobody has to count.
  registered integer not null default 0,
  retired integer not null default 0,
  changed integer not null default 0,
  gone integer not null default 0,
  -- An export still reads rows that nobody else sees any more.
  wanted_until timestamptz
);

create table users (
  location_no integer not null,
  client_user_id text not null collate "C",
  -- Seen from generation `seen_in` on, and before `gone_in`.
  seen_in integer not null,
  gone_in integer,
  -- Apple's word, also one nobody knows; empty where it gives none.
  status text not null,
  email text collate "C",
  -- The same for the same Apple Account: tells registrations of one clientUserId apart.
  id_hash text,
  -- Apple lists, or listed, more than one registration of this clientUserId.
  several boolean not null,
  primary key (location_no, client_user_id, seen_in)
);
-- Few rows at a time: those that are to be deleted.
create index users_gone on users (location_no, gone_in) where gone_in is not null;
-- How a clientUserId or a mail address begins, in either case.
create index users_by_id on users (location_no, lower(client_user_id));
create index users_by_email on users (location_no, lower(email)) where email is not null;
create index users_by_status on users (location_no, status, client_user_id);

-- Pages of a whole reading under way, compared with what is stored once it is complete.
create table staged_users (
  location_no integer not null,
  client_user_id text not null collate "C",
  status text not null,
  email text,
  id_hash text,
  several boolean not null,
  primary key (location_no, client_user_id)
);

-- Users seen now by status, and how many more or fewer the next generation has.
create table user_sums (
  location_no integer not null,
  status text not null,
  held integer not null default 0,
  coming integer not null default 0,
  primary key (location_no, status)
);

-- Whom notifications told of since the last reading: the next one says whether it was so.
create table told_users (
  location_no integer not null,
  client_user_id text not null collate "C",
  number bigint generated always as identity,
  -- What was told follows from what was stored. Where it does not, the next scan asks.
  fits boolean not null,
  primary key (location_no, client_user_id)
);
create index told_users_doubted on told_users (location_no) where not fits;

-- What a user holds is found in every asset at once. Devices, of whom there are many more, have no such index.
create index assignments_by_user on assignments (location_no, holder) where user_held;

-- Null: users were not asked for.
alter table scans add column users_done integer, add column users_total integer;
--- 0110-pass-marks
-- What a full pass has listed so far, as marks of eight bytes a row, kept with the pages they stand for: what is stored is
-- compared with them once all is listed. Before, the rows themselves were stored a second time.
create table pass_marks (
  location_no integer not null,
  no integer generated always as identity,
  marks bytea not null,
  primary key (location_no, no)
);
-- They look like chance: trying to make them smaller is lost time.
alter table pass_marks alter column marks set storage external;

drop table staged_assignments;
-- A pass under way has no marks of what it listed so far, and begins anew.
update scans set checkpoint = null where checkpoint is not null;
--- 0120-config-writes
-- How often Winesap changed the location's client configuration at Apple: its claim, its notifications. An answer to a
-- request that was sent before the last change says nothing about what is set now.
alter table content_tokens add column config_writes integer not null default 0;
