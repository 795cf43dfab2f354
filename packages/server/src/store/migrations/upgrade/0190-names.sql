-- The names of the schema that new databases are made with (0201 and later).

alter table tellings rename to pending_alerts;
alter table pending_alerts rename constraint tellings_pkey to pending_alerts_pkey;
alter table pending_alerts rename constraint tellings_channel_id_fkey to pending_alerts_channel_id_fkey;
alter table pending_alerts rename constraint tellings_alert_id_fkey to pending_alerts_alert_id_fkey;
alter table pending_alerts rename constraint tellings_why_check to pending_alerts_why_check;

alter table doubts rename to rechecks;
alter table rechecks rename constraint doubts_pkey to rechecks_pkey;
alter table rechecks rename constraint doubts_location_uid_fkey to rechecks_location_uid_fkey;
alter sequence doubt_numbers rename to recheck_numbers;

alter table told_users rename to user_overrides;
alter table user_overrides rename constraint told_users_pkey to user_overrides_pkey;
alter index told_users_doubted rename to user_overrides_to_recheck;
alter sequence told_users_number_seq rename to user_overrides_number_seq;

alter table newer_assignments rename to assignment_overrides;
alter table assignment_overrides rename constraint newer_assignments_pkey to assignment_overrides_pkey;

alter table hooks rename column refused_told_at to refusals_logged_at;
alter table hooks rename column told_at to logged_at;
alter table notifications rename column told to logged;
alter index notifications_untold rename to notifications_unlogged;

alter table alerts rename column told_times to times_notified;
alter table alerts rename constraint alerts_told_times_check to alerts_times_notified_check;
alter table alerts rename column told_at to notified_at;

alter table rule_channels drop constraint rule_channels_purpose_check;
update rule_channels set purpose = 'notify' where purpose = 'tell';
alter table rule_channels
  alter column purpose set default 'notify',
  add constraint rule_channels_purpose_check check (purpose in ('notify', 'escalate'));

alter function tell_access_ended() rename to notify_access_changed;
alter function tell_answers_changed() rename to notify_answers_changed;
alter function tell_answers_changed_by_rows() rename to notify_answers_changed_by_rows;

-- Jobs of queues that have another name now. What is due in the inbox is queued again every minute, and the next scan does
-- what rechecks ask for.
do $$
begin
  if to_regprocedure('jobs.delete_queue(text)') is not null then
    perform jobs.delete_queue('doubts');
    perform jobs.delete_queue('tell-notifications');
  end if;
end $$;
