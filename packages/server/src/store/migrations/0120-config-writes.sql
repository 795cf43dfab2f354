-- How often Winesap changed the location's client configuration at Apple: its claim, its notifications. An answer to a
-- request that was sent before the last change says nothing about what is set now.
alter table content_tokens add column config_writes integer not null default 0;
