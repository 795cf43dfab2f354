-- A reading is believed where it proves itself. Until then what doesn't fit is kept beside what is known.

-- Null: not known, because Apple left it out or said what can't be.
alter table assets
  alter column total drop not null,
  alter column assigned drop not null,
  alter column available drop not null,
  alter column retired drop not null,
  -- How many more holders Apple lists than it counts, where that was proven or has long been so.
  add column surplus integer not null default 0,
  -- What doesn't fit in Apple's answers about it, since when, and with which numbers.
  add column discrepancy jsonb;
alter table asset_days
  alter column total drop not null,
  alter column assigned drop not null,
  alter column available drop not null,
  alter column retired drop not null;

-- Why the last reading isn't to be built on. A surplus of the time before may come from a reading that was torn.
alter table readings add column discrepancy jsonb;
update readings set surplus = 0, full_at = full_at - interval '8 days' where surplus <> 0;

alter table scans
  drop constraint scans_state_check,
  add constraint scans_state_check check (state in ('queued', 'running', 'succeeded', 'doubtful', 'failed')),
  drop constraint scans_check,
  add constraint scans_check check ((state in ('succeeded', 'doubtful', 'failed')) = (finished_at is not null)),
  add column discrepancy jsonb;

-- How many rows of each asset the marks stand for.
alter table pass_marks add column counts jsonb not null default '{}';
delete from pass_marks;
-- A pass under way doesn't know what it has counted so far, and begins again.
update scans set checkpoint = null where checkpoint is not null;

-- Users that the last whole list left out, as a mark that is the same for the same ones.
alter table user_readings add column missing_mark text, add column missing_since timestamptz;
