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
