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
