create table task (
  id int8 generated always as identity primary key,
  owner int8 not null,
  state text not null,
  due timestamptz not null,
  done_at timestamptz,
  title text not null
);
create index task_open on task (due) where state = 'open';
create index task_blocked on task (due) where state = 'blocked';
