-- Whoever has the address of an upload link or of a calendar feed needs no sign-in, so neither may outlive the access of the
-- person who made it: it is handed over before, or ends with that person, in the same transaction. Null: made before this
-- was kept, by a person who has no access any more, or whose name is that of another one.
alter table upload_links add column created_by_id text references auth_user (id) on delete set null;
alter table calendar_feeds add column created_by_id text references auth_user (id) on delete set null;
create index upload_links_person on upload_links (created_by_id);
create index calendar_feeds_person on calendar_feeds (created_by_id);

do $$
declare name text;
begin
  foreach name in array array['upload_links', 'calendar_feeds'] loop
    execute format('update %I as made set created_by_id = person.id from auth_user as person
      where person.name = made.created_by and person.created_at <= made.created_at
        and not exists (select from auth_user as other where other.name = person.name and other.id <> person.id)', name);
  end loop;
end $$;

create function end_links_of_person() returns trigger language plpgsql as $$
begin
  update upload_links set revoked_at = now() where created_by_id = old.id and used_at is null and revoked_at is null;
  delete from calendar_feeds where created_by_id = old.id;
  return old;
end $$;

create trigger auth_user_links before delete on auth_user for each row execute function end_links_of_person();
