create type format as enum ('cd', 'vinyl', 'tape', 'DVD-Audio', 'self');
create type disc as (title text, minutes float8, format format);
create domain email as text check (value like '%@%');

create table artist (
  id int8 primary key,
  name text not null,
  email email
);

create table album (
  id int8 primary key,
  artist int8 not null references artist,
  name text not null,
  format format not null default 'cd',
  cover bytea,
  tags text[] not null default '{}',
  discs disc[]
);
