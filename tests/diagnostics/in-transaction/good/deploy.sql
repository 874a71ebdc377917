begin;
create table users (id int primary key, email text);
commit;
create index concurrently users_email on users (email);
