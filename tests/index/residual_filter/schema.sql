create table orders (
  id int8 generated always as identity primary key,
  customer int8 not null,
  number text not null,
  placed timestamptz not null
);
create index orders_customer on orders (customer);
