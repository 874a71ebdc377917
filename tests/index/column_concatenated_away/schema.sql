create table reading (id int8 primary key, sensor int4 not null, at timestamptz not null, value float8 not null);
