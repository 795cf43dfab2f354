-- Organizations, policies, locations, the tokens that open them, and links to them.

-- Always one row: who this installation is to Apple (mdmInfo.id).
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

-- Apple's library of licenses. Its uId never changes; it outlives every token that opens it.
create table locations (
  uid text primary key check (uid <> ''),
  name text,
  country text,
  default_platform text,
  website_url text,
  -- A short number for tables with millions of rows.
  no integer generated always as identity,
  -- Assignments are visible as of this generation (store/generations).
  generation integer not null default 0 check (generation >= 0),
  -- Assignments visible now, so that nothing has to count a million rows.
  held integer not null default 0,
  -- Rows that only the next generation has, and rows that the next generation no longer has.
  coming integer not null default 0 check (coming >= 0),
  going integer not null default 0 check (going >= 0),
  -- Until then an export reads the location's assignments: rows of earlier generations aren't deleted.
  wanted_until timestamptz
);
create unique index locations_no on locations (no);

create table content_tokens (
  id uuid primary key default gen_random_uuid(),
  organization_id uuid not null references organizations (id) on delete cascade,
  -- Kept after removal for the history; the policy itself may be deleted then.
  policy_id uuid references policies (id) on delete set null,
  location_uid text not null references locations (uid),
  -- JWE. Null once the token is removed: a removed credential is deleted, not hidden.
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
  -- One more with every change of the claim, so that the same holder coming back is news again.
  claim_revision integer not null default 0,
  -- Which states a token can have is decided in core/src/domain/tokens; a new one doesn't change tables.
  state text not null check (state ~ '^[a-z]+(-[a-z]+)*$'),
  state_since timestamptz not null,
  -- The last states it has left, newest last: [{state, since, until}].
  state_trail jsonb not null default '[]',
  failure jsonb,
  failed_at timestamptz,
  -- A refusal ends a token only when Apple confirms it. Since when Apple refuses without having confirmed it.
  confirmed boolean not null default false,
  refused_since timestamptz,
  -- What Apple left out of its last answer, although earlier answers had it.
  left_out text[] not null default '{}',
  definite_at timestamptz,
  checked_at timestamptz,
  success_at timestamptz,
  synced_at timestamptz,
  next_check_at timestamptz not null,
  next_scan_at timestamptz,
  -- How often the location is read now: sooner where something changed, later where nothing did. Null: as configured.
  scan_every_ms bigint check (scan_every_ms > 0),
  -- Failed scans since the last successful one.
  scan_failures integer not null default 0 check (scan_failures >= 0),
  -- How often Winesap changed the location's client configuration at Apple (its claim, its notifications). An answer to a
  -- request sent before the last change says nothing about what is set now.
  config_writes integer not null default 0,
  -- How often the expiry date has moved (SEQUENCE in calendars), and when last.
  expiry_revision integer not null default 0,
  expiry_revised_at timestamptz not null default now(),
  -- Days before expiry on which to notify, instead of those of every rule.
  expiry_days integer[],
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

create function revise_expiry() returns trigger language plpgsql as $$
begin
  new.expiry_revision := old.expiry_revision + 1;
  new.expiry_revised_at := now();
  return new;
end $$;
create trigger content_tokens_expiry before update on content_tokens for each row
  when (old.expires_at is distinct from new.expires_at or old.removed_at is distinct from new.removed_at)
  execute function revise_expiry();

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

-- What the processes of an installation share about Apple's limits for each location: who may send how much until when.
create table request_budgets (
  -- No reference: a file is inspected before its location belongs to anyone.
  location_uid text primary key,
  budget jsonb not null,
  -- Counts changes: a decision based on an older one is made again.
  revision bigint not null
);

-- An address where a customer uploads a fresh file. Only a hash of its secret is stored.
create table upload_links (
  id uuid primary key default gen_random_uuid(),
  token_id uuid not null references content_tokens (id) on delete cascade,
  secret_hash text not null unique,
  auto_confirm boolean not null,
  created_at timestamptz not null,
  created_by text not null,
  -- Null: made before this was kept, by a person who has no access any more, or whose name another person has too.
  created_by_id text references auth_user (id) on delete set null,
  expires_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz
);
create index upload_links_token on upload_links (token_id, created_at desc);
create index upload_links_person on upload_links (created_by_id);

-- Files that came through a link. Sealed while they wait, deleted once they are settled.
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

-- A calendar of expiries at a secret address. Only a hash of the secret is stored.
create table calendar_feeds (
  id uuid primary key default gen_random_uuid(),
  name text not null check (length(name) between 1 and 120),
  -- Null: the tokens of all organizations.
  organization_id uuid references organizations (id) on delete cascade,
  secret_hash text not null unique,
  created_at timestamptz not null,
  created_by text not null,
  created_by_id text references auth_user (id) on delete set null,
  last_read_at timestamptz
);
create index calendar_feeds_person on calendar_feeds (created_by_id);

-- The address of an upload link or of a calendar feed needs no sign-in, so neither may outlive the access of the person
-- who made it: it is handed over before, or ends with that person, in the same transaction.
create function end_links_of_person() returns trigger language plpgsql as $$
begin
  update upload_links set revoked_at = now() where created_by_id = old.id and used_at is null and revoked_at is null;
  delete from calendar_feeds where created_by_id = old.id;
  return old;
end $$;
create trigger auth_user_links before delete on auth_user for each row execute function end_links_of_person();
