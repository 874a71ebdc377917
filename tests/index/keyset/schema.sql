create table post (
  id int8 generated always as identity primary key,
  created timestamptz not null,
  author int8 not null,
  title text not null,
  body text not null
);
