-- Artists and their albums.
create type format as enum ('vinyl', 'cd', 'download');

create table artist (
    id   bigint generated always as identity primary key,
    name text not null unique
);

create table album (
    id       bigint generated always as identity primary key,
    artist   bigint references artist,      -- NULL: various artists
    name     text   not null,
    released date   not null,
    format   format not null default 'vinyl',
    rating   integer check (rating between 1 and 5)
);
