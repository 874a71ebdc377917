create table product (
  id int primary key,
  sku text not null unique,
  price numeric(10, 2) not null check (price > 0)
);
