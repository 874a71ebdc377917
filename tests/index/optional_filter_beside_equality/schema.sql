create table line (id int8 primary key, purchase int8 not null, sku text not null, done bool not null);
