-- How often the store was asked for the name of an asset since it last gave one.
alter table asset_metadata add column tries integer not null default 0;
update asset_metadata set tries = 1 where name is null;
