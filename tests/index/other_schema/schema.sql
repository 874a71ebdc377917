create schema music;
create table music.album (id int8 generated always as identity primary key, name text not null, artist int8 not null);
