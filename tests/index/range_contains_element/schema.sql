create table tariff (id int8 generated always as identity primary key, valid daterange not null, price numeric(10, 2) not null);
