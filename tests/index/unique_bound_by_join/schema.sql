create table artist (id int8 generated always as identity primary key, name text not null);
create table biography (
  artist int8 primary key references artist,
  born date,
  words text not null
);
