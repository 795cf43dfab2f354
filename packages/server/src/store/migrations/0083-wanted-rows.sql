-- Until then somebody writes out the location's assignments: rows that only earlier generations have are not deleted.
alter table locations add column wanted_until timestamptz;
