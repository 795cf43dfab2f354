-- How often a process has begun the scan. The last one owns it: what an older one still says or stages is refused.
alter table scans add column attempt integer not null default 0 check (attempt >= 0);
