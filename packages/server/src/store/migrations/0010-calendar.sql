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
