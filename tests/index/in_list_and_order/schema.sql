create table ticket (
  id int8 generated always as identity primary key,
  queue text not null,
  created timestamptz not null,
  subject text not null
);
