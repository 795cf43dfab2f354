-- How far a full pass is staged, written with its rows: the pages after it are read when the scan goes on in another
-- process, if Apple's version is still the same.
alter table scans add column checkpoint jsonb;
