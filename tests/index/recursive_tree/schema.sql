create table folder (id int8 generated always as identity primary key, parent int8, name text not null);
