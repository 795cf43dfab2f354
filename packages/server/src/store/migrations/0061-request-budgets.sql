-- What the processes of an installation share about what Apple lets each location take: who may send how much until when.
create table request_budgets (
  -- No reference: a file is looked at before its location is anybody's.
  location_uid text primary key,
  budget jsonb not null,
  -- Counts changes: whoever decided on an older one decides again.
  revision bigint not null
);
