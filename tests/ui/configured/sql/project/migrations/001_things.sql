create extension if not exists cube;
create domain label as text check (value <> '');
create table thing (id int8 primary key, label label not null, place cube);
