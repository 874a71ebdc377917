create table account (id int8 generated always as identity primary key, email text not null unique);
create table login (id int8 generated always as identity primary key, account int8 not null, at timestamptz not null, address inet not null);
