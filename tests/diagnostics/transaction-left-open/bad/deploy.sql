begin;
create table users (id int);
