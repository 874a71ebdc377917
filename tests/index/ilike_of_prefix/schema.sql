create table album (
  id int8 generated always as identity primary key,
  name text not null,
  released date not null,
  format text not null,
  meta jsonb not null,
  tags text[] not null,
  artist int8 not null,
  plays int4 not null
);
