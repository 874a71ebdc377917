create table page (id int8 generated always as identity primary key, url text not null, body text not null);
