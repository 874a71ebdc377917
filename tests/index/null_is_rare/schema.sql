create table upload (
  id int8 generated always as identity primary key,
  processed_at timestamptz,
  path text not null,
  size int8 not null
);
