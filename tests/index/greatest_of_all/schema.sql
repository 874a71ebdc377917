create table reading (id int8 generated always as identity primary key, sensor int4 not null, at timestamptz not null, value float8 not null);
