-- The log, alerts and where they go, and what every process is notified of.

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
  -- No references: the log outlives what it describes.
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
-- The list of tokens names the newest event of each token's state, without reading all newer events of the token.
create index events_token_code on events (token_id, code, id) where token_id is not null;

create table channels (
  id uuid primary key default gen_random_uuid(),
  -- Which kinds there are is described in the API package; a new one doesn't change tables.
  kind text not null,
  name text not null check (length(name) between 1 and 120),
  -- What people know it by: a host, the recipients. Never a secret.
  target text not null,
  -- All settings as JSON, JWE.
  sealed text not null,
  created_at timestamptz not null,
  -- A process sends through it until then: deliveries of one channel leave in order.
  taken_until timestamptz,
  disabled_at timestamptz,
  disabled_why text,
  -- Time zone, quiet hours, digest.
  timing jsonb not null default '{"timeZone": "UTC", "quiet": null, "digest": {"kind": "immediately"}}',
  -- The weekly report: when, and of which organization.
  report jsonb,
  -- The last report, or since when one is wanted: the next moment after it is due.
  reported_at timestamptz,
  check ((disabled_at is null) = (disabled_why is null)),
  check ((report is null) = (reported_at is null))
);

create table rules (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 120),
  enabled boolean not null,
  scope jsonb not null,
  condition jsonb not null,
  created_at timestamptz not null,
  -- Doesn't wait for quiet hours or digests.
  urgent boolean not null default false,
  repeat_hours integer check (repeat_hours > 0),
  escalate_hours integer check (escalate_hours > 0)
);

-- A rule notifies some channels at once, and others when nobody acknowledged the alert in time.
create table rule_channels (
  rule_id uuid not null references rules (id) on delete cascade,
  channel_id uuid not null references channels (id) on delete cascade,
  purpose text not null default 'notify' check (purpose in ('notify', 'escalate')),
  primary key (rule_id, channel_id, purpose)
);

-- One row once the rules of a fresh installation were made, so that deleted ones stay deleted.
create table default_rules_made (
  one boolean primary key default true check (one),
  at timestamptz not null
);

-- Rules are evaluated by one process at a time: what is new depends on what was reported before.
create table alerting (
  one boolean primary key default true check (one)
);
insert into alerting default values;

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
  -- The order in which they were opened, also of many at the same moment.
  number bigint generated always as identity unique,
  times_notified integer not null default 1 check (times_notified > 0),
  notified_at timestamptz not null,
  escalated_at timestamptz,
  -- Never opened twice, whatever clocks and processes do.
  constraint alerts_key unique (rule_id, key),
  check ((acknowledged_at is null) = (acknowledged_by is null))
);
create index alerts_opened on alerts (opened_at desc, id desc);
create index alerts_open on alerts (rule_id) where resolved_at is null;

-- Alerts that a channel hasn't been sent yet. They become part of a delivery once the channel's hours allow it.
create table pending_alerts (
  channel_id uuid not null references channels (id) on delete cascade,
  alert_id uuid not null references alerts (id) on delete cascade,
  -- `number` counts the repetitions.
  why text not null check (why in ('new', 'again', 'escalated')),
  number integer not null,
  urgent boolean not null,
  since timestamptz not null,
  primary key (channel_id, alert_id, why, number)
);

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
  kind text not null default 'alerts' check (kind in ('alerts', 'test', 'report')),
  check ((state = 'waiting') = (settled_at is null))
);
create index deliveries_waiting on deliveries (channel_id, number) where state = 'waiting';
create index deliveries_channel on deliveries (channel_id, number);

create table delivery_attempts (
  delivery_id uuid not null references deliveries (id) on delete cascade,
  attempt integer not null,
  at timestamptz not null,
  succeeded boolean not null,
  note text not null,
  primary key (delivery_id, attempt)
);

-- When one of these tables changes, every process is notified, with the commit, that kept answers may be out of date. The
-- same text is sent once per transaction. Writes that change nothing don't notify.
create function notify_answers_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('winesap_live', '{"topic":"answers"}');
  return null;
end $$;

do $$
declare name text;
begin
  foreach name in array array['organizations', 'policies', 'content_tokens', 'readings', 'low_thresholds', 'alerts', 'rules',
    'rule_channels'] loop
    execute format('create trigger %I after insert or delete on %I for each row execute function notify_answers_changed()',
      name || '_written', name);
    execute format('create trigger %I after update on %I for each row when (old.* is distinct from new.*)
      execute function notify_answers_changed()', name || '_changed', name);
  end loop;
end $$;

-- Of these everything but what moves with every page of a scan and appears in no kept answer.
create trigger locations_written after insert or delete on locations for each row execute function notify_answers_changed();
create trigger locations_changed after update on locations for each row
  when (to_jsonb(old) - '{coming,going,wanted_until}'::text[] is distinct from
    to_jsonb(new) - '{coming,going,wanted_until}'::text[])
  execute function notify_answers_changed();
create trigger scans_written after insert or delete on scans for each row execute function notify_answers_changed();
create trigger scans_changed after update on scans for each row
  when ((old.state, old.token_id, old.location_uid) is distinct from (new.state, new.token_id, new.location_uid))
  execute function notify_answers_changed();

-- Many rows at once are written to these: one call for a statement, and none where it touched no row.
create function notify_answers_changed_by_rows() returns trigger language plpgsql as $$
begin
  if exists (select from touched) then
    perform pg_notify('winesap_live', '{"topic":"answers"}');
  end if;
  return null;
end $$;

do $$
declare name text;
begin
  foreach name in array array['assets', 'asset_metadata', 'events'] loop
    execute format('create trigger %I after insert on %I referencing new table as touched
      for each statement execute function notify_answers_changed_by_rows()', name || '_added', name);
    execute format('create trigger %I after update on %I referencing new table as touched
      for each statement execute function notify_answers_changed_by_rows()', name || '_changed', name);
    execute format('create trigger %I after delete on %I referencing old table as touched
      for each statement execute function notify_answers_changed_by_rows()', name || '_removed', name);
  end loop;
end $$;

-- The job queue makes what it needs here by itself. If it made the schema too, two processes that start for the first time
-- at once would both make it, and one would fail.
create schema if not exists jobs;
