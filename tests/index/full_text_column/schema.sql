create table article (
  id int8 generated always as identity primary key,
  title text not null,
  body text not null,
  words tsvector generated always as (to_tsvector('english', body)) stored
);
