-- Counts of assets over time: a row for a day only when something changed that day, with the last reading of the day. Older
-- days are made fewer by the nightly purge.
create table asset_days (
  asset_no integer not null references assets (no) on delete cascade,
  -- UTC.
  day date not null,
  read_at timestamptz not null,
  total integer not null,
  assigned integer not null,
  available integer not null,
  retired integer not null,
  unlimited boolean not null,
  gone boolean not null,
  primary key (asset_no, day)
);
insert into asset_days
select no, (read_at at time zone 'UTC')::date, read_at, total, assigned, available, retired, unlimited, gone_at is not null
from assets where listed_at is not null;

-- What changed asset by asset, in words, so far as it is worth a line.
alter table scans add column asset_changes jsonb;
