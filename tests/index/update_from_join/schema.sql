create table product (id int8 generated always as identity primary key, sku text not null, price numeric(10, 2) not null);
create table import_line (batch int8 not null, sku text not null, price numeric(10, 2) not null);
