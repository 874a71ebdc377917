create table member (id int8 primary key, email text not null, age int4 not null);
