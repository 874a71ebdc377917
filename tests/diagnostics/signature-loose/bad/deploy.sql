begin;
create table album (id int primary key, name text not null);
commit;
