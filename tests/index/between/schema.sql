create table reading (id int8 generated always as identity primary key, at timestamptz not null, value float8 not null);
