create table account (id int8 primary key, email text not null);
create index account_lower on account (lower(email));
create index account_upper on account (upper(email));
