create domain email as text check (value like '%@%');
create table account (id int8 generated always as identity primary key, email email not null, name text not null);
