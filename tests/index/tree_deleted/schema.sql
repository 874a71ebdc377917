create table folder (id int8 generated always as identity primary key, parent int8 references folder on delete cascade, name text not null);
