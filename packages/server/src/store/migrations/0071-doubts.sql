-- Assets about which notifications said something since Apple was last asked. The next scan looks at them more closely;
-- urgent ones are asked about at once. An empty name stands for the whole location.
create sequence doubt_numbers;
create table doubts (
  location_uid text not null references locations (uid),
  adam_id text not null,
  pricing_param text not null,
  -- Moves on with every new doubt, so that an answer to an older one does not settle it.
  number bigint not null default nextval('doubt_numbers'),
  -- Licenses were given back: counts alone cannot prove which.
  taken boolean not null,
  urgent boolean not null,
  primary key (location_uid, adam_id, pricing_param)
);

-- When notifications last had a location read.
alter table hooks add column scan_asked_at timestamptz;
