-- Users are kept by generation as assignments are: what a list names is written with the next generation at once, and not
-- beside the table first. The sums of rows say whether a reading left anything.
drop table staged_users;

-- What a reading that did not end has left is not counted anywhere: it goes, and the next scan asks again.
delete from users using user_readings reading
where reading.location_no = users.location_no and users.seen_in > reading.generation;
update users set gone_in = null from user_readings reading
where reading.location_no = users.location_no and users.gone_in > reading.generation;
update user_sums set coming = 0 where coming <> 0;

alter table user_readings
  -- Rows of `users` that are seen.
  add column held integer not null default 0,
  -- Rows that only the next generation has, and rows that it has no more.
  add column coming integer not null default 0 check (coming >= 0),
  add column going integer not null default 0 check (going >= 0);
update user_readings set begun_after = null, registered = 0, retired = 0, changed = 0, gone = 0,
  held = (select coalesce(sum(user_sums.held), 0) from user_sums where user_sums.location_no = user_readings.location_no);
