create table account (
  id int8 generated always as identity primary key,
  email text not null unique,
  kind text not null,
  created timestamptz not null
);
