create table player (id int8 generated always as identity primary key, score int4 not null, since date not null, name text not null);
