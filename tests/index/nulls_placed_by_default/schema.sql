create table player (id int8 generated always as identity primary key, score int4, name text not null);
