begin;
create type mood as enum ('glad', 'sad');
create table album (id int primary key, name text not null, released date, mood mood);
commit;
