create table album (
  id int8 generated always as identity primary key,
  name text not null,
  released date not null,
  format text not null,
  artist int8 not null
);
create table track (id int8 generated always as identity primary key, album int8 not null, side int2 not null, title text not null);
