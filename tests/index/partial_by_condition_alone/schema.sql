create table task (
  id int8 primary key,
  state text not null,
  deleted timestamptz,
  title text not null
);
