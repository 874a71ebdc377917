create table customer (id int8 generated always as identity primary key, email text not null unique);
create table orders (id int8 generated always as identity primary key, customer int8 not null references customer, total numeric(10, 2) not null);
