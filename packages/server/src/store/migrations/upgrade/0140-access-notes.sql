-- Whatever ends a session or an API key (sign-out, a new password, the end of a person's access), each process hears of it
-- with the commit, and ends what that session or key has opened.

create function tell_access_ended() returns trigger language plpgsql as $$
begin
  perform pg_notify('winesap_live', json_build_object('topic', 'access', 'personId', to_jsonb(old) ->> tg_argv[0])::text);
  return null;
end $$;

create trigger auth_session_ended after delete on auth_session for each row execute function tell_access_ended('user_id');
create trigger auth_api_key_ended after delete on auth_api_key for each row execute function tell_access_ended('reference_id');
