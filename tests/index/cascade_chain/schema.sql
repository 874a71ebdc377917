create table customer (id int8 generated always as identity primary key, name text not null);
create table orders (id int8 generated always as identity primary key, customer int8 not null references customer on delete cascade, at date not null);
create table line (id int8 generated always as identity primary key, orders int8 not null references orders on delete cascade, item text not null);
