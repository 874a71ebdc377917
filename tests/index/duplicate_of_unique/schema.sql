create table account (id int8 primary key, email text not null unique);
create index account_email on account (email);
