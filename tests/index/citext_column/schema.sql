create extension citext;
create table account (id int8 generated always as identity primary key, email citext not null, name text not null);
