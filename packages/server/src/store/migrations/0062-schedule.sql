-- How often the location is read now: sooner where something changed, up to the agreed time where nothing did. Null: as agreed.
alter table content_tokens add column scan_every_ms bigint check (scan_every_ms > 0);
-- Scans that failed since the last one that did not.
alter table content_tokens add column scan_failures integer not null default 0 check (scan_failures >= 0);
