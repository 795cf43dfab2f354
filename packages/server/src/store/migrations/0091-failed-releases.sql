-- Rules ask every minute how many failed of late.
create index releases_failed on releases (finished_at) where state = 'failed';
