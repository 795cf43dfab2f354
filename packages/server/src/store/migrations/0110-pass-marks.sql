-- What a full pass has listed so far, as marks of eight bytes a row, kept with the pages they stand for: what is stored is
-- compared with them once all is listed. Before, the rows themselves were stored a second time.
create table pass_marks (
  location_no integer not null,
  no integer generated always as identity,
  marks bytea not null,
  primary key (location_no, no)
);
-- They look like chance: trying to make them smaller is lost time.
alter table pass_marks alter column marks set storage external;

drop table staged_assignments;
-- A pass under way has no marks of what it listed so far, and begins anew.
update scans set checkpoint = null where checkpoint is not null;
