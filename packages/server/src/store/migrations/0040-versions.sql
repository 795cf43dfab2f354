-- Where a location's reading stands at Apple: what the next scan goes on from. Written with the rows it speaks of.
create table readings (
  location_uid text primary key references locations (uid),
  -- Apple's version of the assets stored.
  assets_version text not null,
  -- What to ask assignments since.
  assignments_version text not null,
  -- Rows of the location in assignments, so that nobody has to count a million.
  held integer not null check (held >= 0),
  -- How many more assignments Apple lists than its counts say, where a reading of one moment proved it; else 0.
  surplus integer not null,
  full_at timestamptz not null,
  full_every_ms bigint not null check (full_every_ms > 0),
  -- When a person's scan last read only changes: asked again at once, all of it is read.
  asked_at timestamptz,
  read_at timestamptz not null
);

-- How it was read: whole, or only what changed. Null while nobody knows, and for scans of the time before.
alter table scans add column kind text check (kind in ('full', 'changes'));
