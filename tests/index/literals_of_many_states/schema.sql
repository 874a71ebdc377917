create table task (
  id int8 generated always as identity primary key,
  state text not null check (state in ('new', 'open', 'blocked', 'done')),
  due timestamptz not null,
  title text not null
);
