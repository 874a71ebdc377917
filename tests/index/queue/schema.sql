create table job (
  id int8 generated always as identity primary key,
  state text not null default 'pending' check (state in ('pending', 'running', 'done', 'failed')),
  created timestamptz not null default now(),
  payload jsonb not null
);
