-- The list of tokens names the newest event of each token's state. Without this all newer events of a token are walked.
create index events_token_code on events (token_id, code, id) where token_id is not null;
