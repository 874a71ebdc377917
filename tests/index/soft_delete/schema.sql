create table account (
  id int8 generated always as identity primary key,
  email text not null,
  deleted_at timestamptz,
  name text not null
);
