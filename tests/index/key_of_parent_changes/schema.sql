create table country (code text primary key, name text not null);
create table city (id int8 generated always as identity primary key, country text not null references country on update cascade, name text not null);
