create table hit (page int8 primary key, hits int8 not null default 0, last timestamptz not null);
