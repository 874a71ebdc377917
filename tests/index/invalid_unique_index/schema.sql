create table album (id int8 generated always as identity primary key, code text not null, name text not null);
create unique index album_code on album (code);
update pg_index set indisvalid = false where indexrelid = 'album_code'::regclass;
