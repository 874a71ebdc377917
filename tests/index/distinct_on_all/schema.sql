create table customer (id int8 generated always as identity primary key, email text not null unique);
create table orders (id int8 generated always as identity primary key, customer_id int8 not null references customer, placed_at timestamptz not null, status text not null, total numeric(10,2) not null);
