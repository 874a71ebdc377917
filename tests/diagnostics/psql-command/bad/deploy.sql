\set ON_ERROR_STOP on
begin;
create table users (id int primary key);
commit;
