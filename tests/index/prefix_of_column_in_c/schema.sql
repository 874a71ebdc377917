create table part (id int8 primary key, code text collate "C" not null);
