begin;
create table users (id int primary key, email text);
create index concurrently users_email on users (email);
commit;
