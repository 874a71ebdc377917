create table album (
  id int8 generated always as identity primary key,
  name text not null,
  released date not null,
  format text not null,
  shown daterange not null
);
create index album_format_hash on album using hash (format);
create index album_released_brin on album using brin (released);
create index album_shown_gist on album using gist (shown);
create index album_lower_name on album (lower(name));
create index album_old on album (name) where released < '1980-01-01';
