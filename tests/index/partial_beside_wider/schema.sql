create table task (
  id int8 generated always as identity primary key,
  owner int8 not null,
  due timestamptz not null,
  state text not null,
  title text not null
);
create index task_owner_due on task (owner, due);
create index task_owner_open on task (owner) where state = 'open';
