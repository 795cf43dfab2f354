-- A refusal ends a token only when Apple stands by it: confirmed. Since when it refuses without having confirmed it.
alter table content_tokens add column confirmed boolean not null default false;
alter table content_tokens add column refused_since timestamptz;
-- What Apple left out of its last answer, although it said it before.
alter table content_tokens add column left_out text[] not null default '{}';

-- What was believed until now stays so until Apple is asked again, which happens at once: one stray answer was enough.
update content_tokens set confirmed = true, next_check_at = least(next_check_at, now())
where failure is not null and state in ('expired', 'revoked', 'invalid', 'not-permitted', 'terms');

-- Both states were a part of others before, for which rules may have been made.
update rules set condition = jsonb_set(condition, '{entered}', (condition -> 'entered') || '["refused"]')
where condition ->> 'kind' = 'state' and condition -> 'entered' @> '["terms"]' and not condition -> 'entered' @> '["refused"]';
update rules set condition = jsonb_set(condition, '{entered}', (condition -> 'entered') || '["other-location"]')
where condition ->> 'kind' = 'state' and condition -> 'entered' @> '["invalid"]' and not condition -> 'entered' @> '["other-location"]';
