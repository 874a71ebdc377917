create table album (id int8 generated always as identity primary key, name text not null, artist int8 not null);
create function albums_of(wanted int8) returns table (id int8, name text) language sql stable
as 'select id, name from album where artist = wanted';
