create extension ltree;
create table category (id int8 generated always as identity primary key, path ltree not null, title text not null);
