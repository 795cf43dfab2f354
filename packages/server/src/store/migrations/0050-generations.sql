-- A location's assignments are stored by generation: what a reading finds is written with the next generation, in as many
-- small transactions as it takes, and becomes visible when `generation` moves on. Keys are short numbers, because there
-- are millions of them.
alter table locations
  add column no integer generated always as identity,
  add column generation integer not null default 0 check (generation >= 0),
  -- Rows visible now, so that nobody has to count a million.
  add column held integer not null default 0,
  -- Rows that only the next generation has, and rows that it has no more.
  add column coming integer not null default 0 check (coming >= 0),
  add column going integer not null default 0 check (going >= 0);
create unique index locations_no on locations (no);

alter table assets
  add column no integer generated always as identity,
  -- Null: an assignment names it, and Apple has not listed it yet.
  add column listed_at timestamptz;
create unique index assets_no on assets (no);
update assets set listed_at = read_at;

alter table assignments rename to assignments_before;
alter index assignments_pkey rename to assignments_before_pkey;
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
-- Few rows at a time: those that are to be deleted.
create index assignments_gone on assignments (location_no, gone_in) where gone_in is not null;

insert into assets (location_uid, adam_id, pricing_param, product_type, unlimited, total, assigned, available, retired,
  device_assignable, revocable, platforms, read_at, gone_at)
select distinct location_uid, adam_id, pricing_param, 'App', false, 0, 0, 0, 0, false, false, '{}'::text[], now(), now()
from assignments_before on conflict do nothing;
insert into assignments (location_no, asset_no, user_held, holder, seen_in)
select locations.no, assets.no, held.holder_kind = 'user', held.holder, 0
from assignments_before held
join locations on locations.uid = held.location_uid
join assets on assets.location_uid = held.location_uid and assets.adam_id = held.adam_id
  and assets.pricing_param = held.pricing_param
order by 1, 2, 3, 4;
drop table assignments_before;
update locations set held = counted.held
from (select location_no, count(*) as held from assignments group by location_no) counted where counted.location_no = no;
alter table readings drop column held;

-- Pages of a reading under way that is compared with what is stored once it is complete. Logged, so that a reading goes
-- on where it was after its process died.
drop table staged_assignments;
create table staged_assignments (
  location_no integer not null,
  asset_no integer not null,
  user_held boolean not null,
  holder text not null collate "C",
  primary key (location_no, asset_no, user_held, holder)
);

-- What a notification told while the location is read: newer than what the reading finds of the same row, which leaves
-- it alone.
create table newer_assignments (
  location_no integer not null,
  asset_no integer not null,
  user_held boolean not null,
  holder text not null collate "C",
  primary key (location_no, asset_no, user_held, holder)
);
