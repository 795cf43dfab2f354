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
