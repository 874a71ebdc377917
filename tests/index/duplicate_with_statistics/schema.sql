create table album (
  id int8 generated always as identity primary key,
  name text not null,
  released date not null,
  format text not null,
  artist int8 not null
);
create index album_lower on album (lower(name));
create index album_lower_again on album (lower(name));
alter index album_lower_again alter column 1 set statistics 500;
