create table team (id int8 generated always as identity primary key, name text not null);
create table person (id int8 generated always as identity primary key, team int8 references team on delete set null, name text not null);
