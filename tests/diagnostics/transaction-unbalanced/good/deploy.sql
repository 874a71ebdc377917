begin;
create table users (id int primary key);
commit;
