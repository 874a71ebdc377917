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

insert into album (name, released, format, meta, tags, artist, plays)
values ('Blue', '1971-06-22', 'LP', '{}', '{}', 1, 5), ('Hejira', '1976-11-01', 'LP', '{}', '{}', 1, 3);
analyze album;
