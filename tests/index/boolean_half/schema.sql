create table member (
  id int8 generated always as identity primary key,
  active bool not null,
  name text not null,
  joined timestamptz not null
);
