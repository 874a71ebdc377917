create table album (id int8 generated always as identity primary key, name text not null, artist int8 not null, deleted_at timestamptz);
create view alive as select id, name, artist from album where deleted_at is null;
