create table url (id int8 generated always as identity primary key, address text not null);
create index url_address on url using hash (address);
