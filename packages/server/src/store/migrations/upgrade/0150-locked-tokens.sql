-- Which states a token can have is decided in core/src/domain/token-state.ts, and a new one is no reason to change tables.
alter table content_tokens drop constraint content_tokens_state_check;
alter table content_tokens add constraint content_tokens_state_check check (state ~ '^[a-z]+(-[a-z]+)*$');
