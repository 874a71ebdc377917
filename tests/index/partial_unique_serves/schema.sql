create table login (id int8 primary key, email text not null, deleted_at timestamptz, hash text not null);
create unique index login_alive on login (email) where deleted_at is null;
