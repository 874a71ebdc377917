create table sent (id int8 generated always as identity primary key, author int8 not null, body text not null);
create table received (id int8 generated always as identity primary key, recipient int8 not null, body text not null);
