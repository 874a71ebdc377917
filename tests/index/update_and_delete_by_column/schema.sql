create table reminder (id int8 generated always as identity primary key, account int8 not null, batch int8 not null, sent bool not null);
