-- When Apple was last asked what became of a release: never more often than every half minute, whoever asks. While one is
-- under way, `failure` is what Apple said last, which no reading has settled yet.
alter table releases add column asked_at timestamptz;
