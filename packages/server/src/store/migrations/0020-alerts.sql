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
