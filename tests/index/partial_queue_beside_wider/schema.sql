create table task (
  id int8 generated always as identity primary key,
  due timestamptz not null,
  owner int8 not null,
  state text not null,
  title text not null
);
create index task_due on task (due, owner);
create index task_open on task (due) where state = 'open';
