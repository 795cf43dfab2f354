-- People, their sessions and API keys. The columns are those the sign-in library needs, in this project's spelling.

create table auth_user (
  id text primary key,
  name text not null,
  -- Always lowercase: the same address is the same person.
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
  -- The first characters, to distinguish keys; the key itself is kept only as a hash.
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

-- When a session or an API key ends or changes (sign-out, a new password, access removed), each process is notified with
-- the commit and closes what that session or key had opened.
create function notify_access_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('winesap_live', json_build_object('topic', 'access', 'personId', to_jsonb(old) ->> tg_argv[0])::text);
  return null;
end $$;

create trigger auth_session_ended after delete on auth_session for each row execute function notify_access_changed('user_id');
create trigger auth_api_key_ended after delete on auth_api_key for each row execute function notify_access_changed('reference_id');
create trigger auth_user_changed after update on auth_user for each row
  when ((old.name, old.email, old.role) is distinct from (new.name, new.email, new.role))
  execute function notify_access_changed('id');
create trigger auth_session_changed after update on auth_session for each row
  when ((old.user_id, old.token, old.expires_at) is distinct from (new.user_id, new.token, new.expires_at))
  execute function notify_access_changed('user_id');
create trigger auth_api_key_changed after update on auth_api_key for each row
  when ((old.key, old.reference_id, old.enabled, old.expires_at, old.permissions)
    is distinct from (new.key, new.reference_id, new.enabled, new.expires_at, new.permissions))
  execute function notify_access_changed('reference_id');
