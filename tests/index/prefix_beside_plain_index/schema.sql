create table album (id int8 generated always as identity primary key, name text not null, released date not null);
create index album_name on album (name);
