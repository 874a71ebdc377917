-- Everything whose order or number could be left to chance: types that refer to each other, keys to choose from,
-- oids that differ from server to server.
begin;
create schema shop;
create type mood as enum ('glad', 'sad');
create type shop.size as (width int, height int);
create type shop.box as (size shop.size, moods mood[], label text);
create domain email as text not null check (value like '%@%');
create type shop.span as range (subtype = numeric);
create table shop.thing (
    id    bigint primary key,
    code  text not null unique,
    boxed shop.box,
    mail  email,
    moods mood[] not null,
    spans shop.span[],
    constraint twice unique (code, id)
);
create table shop.part (id int primary key, thing bigint not null references shop.thing, name text);
create view shop.looks as
    select t.*, p.name from shop.thing as t left join shop.part as p on p.thing = t.id;
commit;
