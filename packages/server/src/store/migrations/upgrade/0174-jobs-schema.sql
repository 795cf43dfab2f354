-- The job queue makes what it needs here by itself. Made by it, two processes that start for the first time at once would
-- both make the schema, and one would fail.
create schema if not exists jobs;
