create table note (id int8 generated always as identity primary key, body text not null);
