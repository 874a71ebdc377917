create table cafe (id int8 generated always as identity primary key, place point not null, name text not null);
