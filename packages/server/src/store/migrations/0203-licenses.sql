-- What is read at Apple: scans, assets, assignments, users; what Apple notifies of; what Winesap changes.

create table scans (
  id uuid primary key default gen_random_uuid(),
  token_id uuid not null references content_tokens (id) on delete cascade,
  location_uid text not null references locations (uid),
  reason text not null check (reason in ('button', 'schedule', 'renewal', 'added', 'notification')),
  state text not null check (state in ('queued', 'running', 'succeeded', 'doubtful', 'failed')),
  queued_at timestamptz not null,
  started_at timestamptz,
  -- When a process last moved it: a scan unmoved for long has lost its process.
  moved_at timestamptz not null,
  finished_at timestamptz,
  -- How often a process has begun the scan. The last one owns it: what an older one still reports is refused.
  attempt integer not null default 0 check (attempt >= 0),
  -- How it was read: whole, or only what changed. Null while unknown.
  kind text check (kind in ('full', 'changes')),
  requests integer not null default 0,
  assets_done integer not null default 0,
  assets_total integer,
  assignments_done integer not null default 0,
  assignments_total integer,
  -- Null: users weren't read.
  users_done integer,
  users_total integer,
  -- How far a full pass is staged, written with its rows: another process reads on from there if Apple's version is still
  -- the same.
  checkpoint jsonb,
  changes jsonb,
  -- What changed asset by asset, in words, as far as it is worth a line.
  asset_changes jsonb,
  discrepancy jsonb,
  failure_code text,
  failure jsonb,
  check ((state in ('succeeded', 'doubtful', 'failed')) = (finished_at is not null))
);
-- One scan per location at a time.
create unique index scans_under_way on scans (location_uid) where state in ('queued', 'running');
create index scans_token on scans (token_id, queued_at desc);
-- Rules read failed scans every minute.
create index scans_failed on scans (token_id, queued_at) where state = 'failed';

-- Where a location's reading stands at Apple: what the next scan goes on from. Written with the rows it describes.
create table readings (
  location_uid text primary key references locations (uid),
  -- Apple's version of the assets stored.
  assets_version text not null,
  -- The version since which to ask for assignments.
  assignments_version text not null,
  -- How many more assignments Apple lists than its counts say, where a reading of one moment proved it; else 0.
  surplus integer not null,
  -- Why the last reading can't be built on.
  discrepancy jsonb,
  full_at timestamptz not null,
  full_every_ms bigint not null check (full_every_ms > 0),
  -- When a person's scan last read only changes: asked for again at once, everything is read.
  asked_at timestamptz,
  read_at timestamptz not null
);

create table assets (
  location_uid text not null references locations (uid),
  adam_id text not null,
  pricing_param text not null,
  product_type text not null,
  unlimited boolean not null,
  -- Counts are null where unknown: Apple left one out, or sent an impossible one.
  total integer,
  assigned integer,
  available integer,
  retired integer,
  device_assignable boolean not null,
  revocable boolean not null,
  platforms text[] not null,
  read_at timestamptz not null,
  -- Apple no longer lists it. Kept, so that its history can be read.
  gone_at timestamptz,
  no integer generated always as identity,
  -- Null: an assignment names it, and Apple hasn't listed it yet.
  listed_at timestamptz,
  -- Since when licenses are low; null: they aren't. Written with the counts, and when a threshold changes.
  low_since timestamptz,
  -- How many more holders Apple lists than it counts, where that was proven or has long been so.
  surplus integer not null default 0,
  -- What doesn't fit in Apple's answers about it, since when, and with which numbers.
  discrepancy jsonb,
  primary key (location_uid, adam_id, pricing_param)
);
create unique index assets_no on assets (no);
create index assets_low on assets (location_uid) where low_since is not null;
-- Assets that run low: by number, and by share of all that were bought.
create index assets_few on assets (available) where gone_at is null and not unlimited and total > 0;
create index assets_small_share on assets ((available::float8 / total))
  where gone_at is null and not unlimited and total > 0;

-- Counts of assets over time: a row for a day only when something changed that day, with the last reading of the day. The
-- nightly purge thins out older days.
create table asset_days (
  asset_no integer not null references assets (no) on delete cascade,
  -- UTC.
  day date not null,
  read_at timestamptz not null,
  total integer,
  assigned integer,
  available integer,
  retired integer,
  unlimited boolean not null,
  gone boolean not null,
  primary key (asset_no, day)
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
  -- How often the store was asked for the name since it last returned one.
  tries integer not null default 0,
  primary key (adam_id, country)
);

-- When licenses of an asset count as low. The nearest one applies: the asset's, then that of the policy that holds the
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
  -- Low when at most this many, or this percentage of the total, are available.
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

-- Assignments by generation: what a reading finds is written with the next generation, in as many small transactions as
-- it takes, and becomes visible when the location's `generation` moves on. Keys are short numbers, because there are
-- millions of them.
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
-- Few rows at a time: those to be deleted.
create index assignments_gone on assignments (location_no, gone_in) where gone_in is not null;
-- What a user holds is found in every asset at once. Devices, of which there are many more, have no such index.
create index assignments_by_user on assignments (location_no, holder) where user_held;

-- What notifications changed while the location is read: newer than what the reading finds of the same row.
create table assignment_overrides (
  location_no integer not null,
  asset_no integer not null,
  user_held boolean not null,
  holder text not null collate "C",
  primary key (location_no, asset_no, user_held, holder)
);

-- What a full pass has listed so far, as marks of eight bytes a row, kept with the pages they stand for: what is stored is
-- compared with them once everything is listed.
create table pass_marks (
  location_no integer not null,
  no integer generated always as identity,
  marks bytea not null,
  -- How many rows of each asset the marks stand for.
  counts jsonb not null default '{}',
  primary key (location_no, no)
);
-- Marks look random: compressing them wastes time.
alter table pass_marks alter column marks set storage external;

-- Assets to ask Apple about again, because of notifications. The next scan looks at them more closely; Apple is asked about
-- urgent ones at once. An empty name stands for the whole location.
create sequence recheck_numbers;
create table rechecks (
  location_uid text not null references locations (uid),
  adam_id text not null,
  pricing_param text not null,
  -- Moves on with every new reason, so that an answer to an older one doesn't settle it.
  number bigint not null default nextval('recheck_numbers'),
  -- Licenses were returned: counts alone can't prove which.
  taken boolean not null,
  urgent boolean not null,
  primary key (location_uid, adam_id, pricing_param)
);

-- How far the users of a location were read.
create table user_readings (
  location_no integer primary key,
  -- Rows of `users` are visible as of this one.
  generation integer not null default 0 check (generation >= 0),
  -- The version since which to ask for changes. Null: never read.
  version text,
  read_at timestamptz,
  -- While a reading is under way, and until what it left is cleared: the last of `user_overrides` when it began.
  begun_after bigint,
  -- Users whom the next generation changes, so that nothing has to count.
  registered integer not null default 0,
  retired integer not null default 0,
  changed integer not null default 0,
  gone integer not null default 0,
  -- An export still reads rows that are no longer visible.
  wanted_until timestamptz,
  -- Users that the last whole list left out, as a mark that is the same for the same ones.
  missing_mark text,
  missing_since timestamptz,
  -- Rows of `users` that are visible.
  held integer not null default 0,
  -- Rows that only the next generation has, and rows that the next generation no longer has.
  coming integer not null default 0 check (coming >= 0),
  going integer not null default 0 check (going >= 0)
);

-- People who can hold licenses, as Apple lists them (GET /users), by generation. One row per clientUserId: the active
-- registration if there is one, else a retired one. A user who changed is a new version of the row.
create table users (
  location_no integer not null,
  client_user_id text not null collate "C",
  -- Visible from generation `seen_in` on, and before `gone_in`.
  seen_in integer not null,
  gone_in integer,
  -- Apple's word, also an unknown one; empty where Apple sends none.
  status text not null,
  email text collate "C",
  -- The same for the same Apple Account: distinguishes registrations of one clientUserId.
  id_hash text,
  -- Apple lists, or listed, more than one registration of this clientUserId.
  several boolean not null,
  primary key (location_no, client_user_id, seen_in)
);
-- Few rows at a time: those to be deleted.
create index users_gone on users (location_no, gone_in) where gone_in is not null;
-- How a clientUserId or a mail address begins, in either case.
create index users_by_id on users (location_no, lower(client_user_id));
create index users_by_email on users (location_no, lower(email)) where email is not null;
create index users_by_status on users (location_no, status, client_user_id);

-- Users visible now by status, and how many more or fewer the next generation has.
create table user_sums (
  location_no integer not null,
  status text not null,
  held integer not null default 0,
  coming integer not null default 0,
  primary key (location_no, status)
);

-- Users named by notifications since the last reading: the next one shows whether that was so.
create table user_overrides (
  location_no integer not null,
  client_user_id text not null collate "C",
  number bigint generated always as identity,
  -- The notification follows from what was stored. Where it doesn't, the next scan asks.
  fits boolean not null,
  primary key (location_no, client_user_id)
);
create index user_overrides_to_recheck on user_overrides (location_no) where not fits;

-- Where Apple notifies Winesap of changes at a location, and the secret Apple sends along. Outlives tokens, as locations do.
create table hooks (
  location_uid text primary key references locations (uid),
  -- The last part of the address; random, so that one location's address doesn't give away another's.
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
  -- What Apple showed last: the address as it may be shown to people, and how it compares with Winesap's.
  shown text not null check (shown in ('nothing', 'ours', 'moved', 'foreign')),
  shown_url text,
  shown_types text[] not null default '{}',
  shown_at timestamptz,
  -- The types that Apple offers and Winesap takes, as of the last time Apple was asked.
  wanted_types text[] not null default '{}',
  types_at timestamptz,
  failure jsonb,
  failed_at timestamptz,
  attempts integer not null default 0,
  -- A process is setting it at Apple until then.
  busy_until timestamptz,
  next_try_at timestamptz,
  received_at timestamptz,
  -- Requests that didn't carry the secret.
  refused bigint not null default 0,
  refused_at timestamptz,
  refusals_logged_at timestamptz,
  -- When the log last said what notifications changed.
  logged_at timestamptz,
  -- When notifications last started a scan of the location.
  scan_asked_at timestamptz,
  check ((next_secret is null) = (next_mark is null) and (next_secret is null) = (next_at is null)),
  check ((failure is null) = (failed_at is null))
);

-- The inbox: what Apple sent, as it came. Answered only once it is stored.
create table notifications (
  id bigint generated always as identity primary key,
  location_uid text not null,
  -- Apple's, or a hash of the body where there is none.
  notification_id text not null,
  -- Apple's word; null when the body couldn't be read.
  type text,
  body text not null,
  received_at timestamptz not null,
  processed_at timestamptz,
  -- What it changed.
  effect jsonb,
  -- Why it couldn't be processed; it waits for a person then.
  failure text,
  -- The log has said so.
  logged boolean not null default false,
  check (processed_at is null or effect is not null),
  check (processed_at is null or failure is null)
);
create unique index notifications_once on notifications (location_uid, notification_id);
create index notifications_place on notifications (location_uid, id);
create index notifications_waiting on notifications (location_uid, id) where processed_at is null and failure is null;
create index notifications_failed on notifications (location_uid, id) where failure is not null;
create index notifications_unlogged on notifications (location_uid) where processed_at is not null and not logged;
create index notifications_received on notifications (received_at);

-- Licenses released by hand. The row is there before anything is sent, and says sent before it is.
create table releases (
  id uuid primary key default gen_random_uuid(),
  token_id uuid not null references content_tokens (id) on delete cascade,
  location_uid text not null references locations (uid),
  adam_id text not null,
  pricing_param text not null,
  user_held boolean not null,
  holder text not null collate "C",
  -- Its name at that time.
  asset_name text not null,
  state text not null check (state in ('planned', 'sent', 'accepted', 'done', 'failed')),
  -- Apple's number of the event.
  event_id text,
  requested_at timestamptz not null,
  requested_by text not null,
  sent_at timestamptz,
  accepted_at timestamptz,
  finished_at timestamptz,
  -- When to look again; its job may have ended with its process.
  look_at timestamptz not null,
  -- When Apple was last asked what became of it: never more often than every half minute. While it is under way, `failure`
  -- is what Apple said last, which no reading has settled yet.
  asked_at timestamptz,
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
-- Rules count recent failures every minute.
create index releases_failed on releases (finished_at) where state = 'failed';
