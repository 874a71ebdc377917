create type format as enum ('vinyl', 'cd');
create table artist (id int8 primary key, name text not null);
create table album (
    id int8 primary key,
    artist int8 not null references artist,
    name text not null,
    released int4,
    note text,
    format format not null default 'cd',
    cover bytea,
    tags text[] not null default '{}'
);
