create table customer (id int8 primary key, name text not null);
create table address (id int8 primary key, street text not null, customer int8 not null);
