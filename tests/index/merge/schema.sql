create table product (id int8 generated always as identity primary key, sku text not null, price numeric(10, 2) not null);
