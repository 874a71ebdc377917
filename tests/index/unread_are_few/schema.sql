create table message (
  id int8 generated always as identity primary key,
  reader int8 not null,
  sent timestamptz not null,
  read timestamptz,
  body text not null
);
