create table artist (id int8 generated always as identity primary key, slug text not null unique, name text not null);
create table album (id int8 generated always as identity primary key, artist int8 not null references artist, name text not null, released date not null);
