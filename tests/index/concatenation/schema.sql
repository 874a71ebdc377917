create table person (id int8 generated always as identity primary key, first_name text not null, last_name text not null);
