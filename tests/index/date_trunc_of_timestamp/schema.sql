create table visit (id int8 generated always as identity primary key, at timestamp not null, page text not null);
