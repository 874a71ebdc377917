create type standing as (shelf shelf, place int4, notes text[]);

create table book (
    id       int8 generated always as identity primary key,
    isbn13   text not null unique,
    title    text not null,
    standing standing,
    tags     text[] not null default '{}',
    rating   float8
);
set search_path to public;
