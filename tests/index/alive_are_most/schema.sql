create table account (id int8 generated always as identity primary key, tenant int8 not null, email text not null, name text not null, deleted_at timestamptz);
create table note (id int8 generated always as identity primary key, account int8 not null references account, created timestamptz not null, body text not null, deleted_at timestamptz);
