create table customer (id int8 primary key, email text not null);
create table purchase (id int8 primary key, customer int8 not null references customer, code text not null);
