create table account (id int8 generated always as identity primary key, email text not null, name text not null);
