begin;
create table album (id int primary key, name text not null, released date, tags text[]);
commit;
