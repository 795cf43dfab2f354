-- More ways to tell people, and when to tell them.
alter table channels
  drop constraint channels_kind_check,
  add constraint channels_kind_check check (kind in ('webhook', 'email', 'slack', 'teams', 'json')),
  -- Time zone, quiet hours, digest.
  add column timing jsonb not null default '{"timeZone": "UTC", "quiet": null, "digest": {"kind": "immediately"}}',
  -- The weekly report: when, and of which organization.
  add column report jsonb,
  -- The last report, or since when one is wanted: the next moment after it is due.
  add column reported_at timestamptz,
  add check ((report is null) = (reported_at is null));

alter table rules
  -- Waits for no quiet hours and no digest.
  add column urgent boolean not null default false,
  add column repeat_hours integer check (repeat_hours > 0),
  add column escalate_hours integer check (escalate_hours > 0);

-- A rule tells some channels at once, and others when nobody acknowledged it in time.
alter table rule_channels
  add column purpose text not null default 'tell' check (purpose in ('tell', 'escalate')),
  drop constraint rule_channels_pkey,
  add primary key (rule_id, channel_id, purpose);

-- Conditions about states now know both ways.
update rules set condition = jsonb_build_object('kind', 'state', 'entered', condition -> 'states', 'left', '[]'::jsonb)
  where condition ->> 'kind' = 'state';

-- Rules are looked at by one process at a time: what is told may depend on what was told.
create table alerting (
  one boolean primary key default true check (one)
);
insert into alerting default values;

alter table alerts
  -- The order in which they were opened, also of many in one moment.
  add column number bigint generated always as identity unique,
  add column told_times integer not null default 1 check (told_times > 0),
  add column told_at timestamptz,
  add column escalated_at timestamptz;
update alerts set told_at = opened_at;
alter table alerts alter column told_at set not null;

-- What a channel is still to be told. Becomes part of a delivery once the channel's hours allow it.
create table tellings (
  channel_id uuid not null references channels (id) on delete cascade,
  alert_id uuid not null references alerts (id) on delete cascade,
  -- 'new', 'again', or 'escalated'; `number` counts the repetitions.
  why text not null check (why in ('new', 'again', 'escalated')),
  number integer not null,
  urgent boolean not null,
  since timestamptz not null,
  primary key (channel_id, alert_id, why, number)
);

alter table deliveries
  add column kind text not null default 'alerts' check (kind in ('alerts', 'test', 'report'));
create index deliveries_channel on deliveries (channel_id, number);

alter table content_tokens
  -- Days before expiry, in the place of those of every rule.
  add column expiry_days integer[],
  -- The last states it has left, newest last: [{state, since, until}].
  add column state_trail jsonb not null default '[]',
  -- One more with every change of the claim, so that the same holder coming back is news again.
  add column claim_revision integer not null default 0;

create function keep_state_trail() returns trigger language plpgsql as $$
begin
  new.state_trail := (
    select coalesce(jsonb_agg(span order by place), '[]')
    from (
      select span, place
      from jsonb_array_elements(
        old.state_trail || jsonb_build_object('state', old.state, 'since', old.state_since, 'until', new.state_since)
      ) with ordinality as spans (span, place)
      order by place desc
      limit 8
    ) as latest
  );
  return new;
end $$;

create trigger content_tokens_state_trail before update on content_tokens for each row
  when (old.state is distinct from new.state)
  execute function keep_state_trail();

create function revise_claim() returns trigger language plpgsql as $$
begin
  new.claim_revision := old.claim_revision + 1;
  return new;
end $$;

create trigger content_tokens_claim before update on content_tokens for each row
  when (old.claim is distinct from new.claim or old.mdm_id is distinct from new.mdm_id)
  execute function revise_claim();

-- Scans that failed are asked for every minute, by what tells rules about them.
create index scans_failed on scans (token_id, queued_at) where state = 'failed';

-- Assets that run low: by number, and by share of all that were bought.
create index assets_few on assets (available) where gone_at is null and not unlimited and total > 0;
create index assets_small_share on assets ((available::float8 / total))
  where gone_at is null and not unlimited and total > 0;
