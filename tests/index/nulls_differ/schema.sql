create table listing (id int8 generated always as identity primary key, price int4, title text not null);
create index listing_price on listing (price);
create index listing_price_nulls on listing (price nulls first);
