begin;
create table users (id int);
commit;
