create table task (id int8 primary key, owner int8, queue int8 not null);
