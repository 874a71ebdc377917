create table product (
  id int8 generated always as identity primary key,
  name text not null,
  slug text generated always as (lower(name)) stored
);
