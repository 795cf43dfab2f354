-- The rule every installation begins with names the states of a broken token. Where nobody changed it, it watches the new
-- one too.
update rules
set condition = jsonb_set(condition, '{entered}',
  '["expired", "revoked", "invalid", "not-permitted", "claimed-elsewhere", "terms", "locked", "unknown"]')
where condition ->> 'kind' = 'state'
  and condition -> 'entered'
    = '["expired", "revoked", "invalid", "not-permitted", "claimed-elsewhere", "terms", "unknown"]';
