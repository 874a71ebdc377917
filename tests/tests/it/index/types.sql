-- A column of every kind of type.
create type mood as enum ('ok', 'so so', 'it''s bad');
create type pair as (a int4, b text);
create domain email as text check (value like '%@%');
create domain small as int4 check (value between 1 and 9) not null;
create type text_range as range (subtype = text);
create schema "Other One";
create type "Other One"."Odd Type" as enum ('x', 'y');

create table numbers (
  id int8 generated always as identity primary key,
  a int2, b int4 not null, c int8, d numeric, e numeric(5, 2), f numeric(3, 3), g float4, h float8, i money, j oid, k small
);
create table texts (
  id serial primary key, a text not null, b varchar(3), c varchar(40), d char, e char(10), f name, g "char", h email, i text collate "POSIX"
);
create table times (id uuid primary key, a date, b timestamp, c timestamptz not null, d time, e timetz, f interval, g timestamp(3));
create table documents (
  id bytea primary key, a json, b jsonb not null, c xml, d tsvector, e tsquery, f text[], g int4[] not null, h mood[], i timestamptz[]
);
create table networks (id inet primary key, a cidr, b macaddr, c macaddr8, d bit(5), e bit varying(70), f bit(40), g pg_lsn);
create table shapes (id int4 primary key, a point not null, b box, c circle, d lseg, e line, f polygon, g path);
create table ranges (
  id int4 primary key, a int4range, b int8range, c numrange, d daterange, e tsrange, f tstzrange not null, g text_range, h int4multirange, i tstzmultirange
);
create table made (
  id int4 primary key, a mood not null, b pair, c pair[], d "Other One"."Odd Type", e bool,
  f int4 generated always as (id * 2) stored
);
create table unknown_type (id int4 primary key, snapshot pg_snapshot not null);
create table unknown_nullable (id int4 primary key, snapshot pg_snapshot);
create table unknown_with_default (id int4 primary key, snapshot pg_snapshot not null default pg_current_snapshot());
