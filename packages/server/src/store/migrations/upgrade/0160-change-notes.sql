-- Every process hears, with the commit, that answers to questions about these tables may be other ones now, whoever wrote:
-- the same text is sent once in a transaction. What changes nothing is not told. Beside 0140, which tells whose session or
-- key has ended, it is told when a person, a session or a key has become another one.

create function tell_answers_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('winesap_live', '{"topic":"answers"}');
  return null;
end $$;

do $$
declare name text;
begin
  foreach name in array array['organizations', 'policies', 'content_tokens', 'readings', 'low_thresholds', 'alerts', 'rules',
    'rule_channels'] loop
    execute format('create trigger %I after insert or delete on %I for each row execute function tell_answers_changed()',
      name || '_written', name);
    execute format('create trigger %I after update on %I for each row when (old.* is distinct from new.*)
      execute function tell_answers_changed()', name || '_changed', name);
  end loop;
end $$;

-- Of these all but what moves with every page of a scan, and no answer that is kept shows.
create trigger locations_written after insert or delete on locations for each row execute function tell_answers_changed();
create trigger locations_changed after update on locations for each row
  when (to_jsonb(old) - '{coming,going,wanted_until}'::text[] is distinct from
    to_jsonb(new) - '{coming,going,wanted_until}'::text[])
  execute function tell_answers_changed();
create trigger scans_written after insert or delete on scans for each row execute function tell_answers_changed();
create trigger scans_changed after update on scans for each row
  when ((old.state, old.token_id, old.location_uid) is distinct from (new.state, new.token_id, new.location_uid))
  execute function tell_answers_changed();

-- Many rows at once are written to these: one call for a statement, and none where it touched no row.
create function tell_answers_changed_by_rows() returns trigger language plpgsql as $$
begin
  if exists (select from touched) then
    perform pg_notify('winesap_live', '{"topic":"answers"}');
  end if;
  return null;
end $$;

do $$
declare name text;
begin
  foreach name in array array['assets', 'asset_metadata', 'events'] loop
    execute format('create trigger %I after insert on %I referencing new table as touched
      for each statement execute function tell_answers_changed_by_rows()', name || '_added', name);
    execute format('create trigger %I after update on %I referencing new table as touched
      for each statement execute function tell_answers_changed_by_rows()', name || '_changed', name);
    execute format('create trigger %I after delete on %I referencing old table as touched
      for each statement execute function tell_answers_changed_by_rows()', name || '_removed', name);
  end loop;
end $$;

create trigger auth_user_changed after update on auth_user for each row
  when ((old.name, old.email, old.role) is distinct from (new.name, new.email, new.role))
  execute function tell_access_ended('id');
create trigger auth_session_changed after update on auth_session for each row
  when ((old.user_id, old.token, old.expires_at) is distinct from (new.user_id, new.token, new.expires_at))
  execute function tell_access_ended('user_id');
create trigger auth_api_key_changed after update on auth_api_key for each row
  when ((old.key, old.reference_id, old.enabled, old.expires_at, old.permissions)
    is distinct from (new.key, new.reference_id, new.enabled, new.expires_at, new.permissions))
  execute function tell_access_ended('reference_id');
