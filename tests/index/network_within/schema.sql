create table host (id int8 generated always as identity primary key, address inet not null, name text not null);
