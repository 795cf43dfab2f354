-- Token files that a person gave together: looked at, confirmed, and used by the server, so that closing a browser loses
-- nothing. A file is sealed while it waits and deleted once it is used, can't be used, or has waited for a day.
create table batches (
  id uuid primary key default gen_random_uuid(),
  created_at timestamptz not null,
  created_by text not null,
  created_by_id text references auth_user (id) on delete set null,
  -- When a person last added, changed, or confirmed something.
  touched_at timestamptz not null,
  -- When the worker was last active. Null: there is no worker.
  worked_at timestamptz,
  ended_at timestamptz
);
create index batches_created on batches (created_at desc);
create index batches_open on batches (touched_at) where ended_at is null;

create table batch_files (
  id uuid primary key,
  batch_id uuid not null references batches (id) on delete cascade,
  position bigint generated always as identity,
  file_name text,
  bytes integer not null check (bytes >= 0),
  sealed text,
  fingerprint text,
  stage text not null check (stage in ('waiting', 'looked', 'refused', 'confirmed', 'done', 'failed', 'forgotten')),
  location_uid text,
  -- What Apple said, and what using the file would change.
  finding jsonb,
  -- {organizationId, organizationName, policyId, policyName} for a new token.
  place jsonb,
  mode text check (mode in ('watch', 'manage')),
  take_over_from text,
  accept_older boolean not null default false,
  -- {code, data} of a refusal.
  problem jsonb,
  -- The token that it renews or became. Tokens stay after their removal, but not when their organization is deleted.
  token_id uuid references content_tokens (id) on delete set null,
  token_version integer,
  confirmed_by text,
  confirmed_by_id text references auth_user (id) on delete set null,
  settled_at timestamptz,
  check (sealed is null or stage not in ('done', 'forgotten')),
  check (sealed is not null or stage not in ('waiting', 'looked', 'confirmed'))
);
create index batch_files_batch on batch_files (batch_id, position);
create index batch_files_token on batch_files (token_id);
create index batch_files_confirmer on batch_files (confirmed_by_id);
create index batches_person on batches (created_by_id);
