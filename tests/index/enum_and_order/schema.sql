create type priority as enum ('low', 'normal', 'high', 'urgent');
create table job (
  id int8 generated always as identity primary key,
  priority priority not null,
  queued timestamptz not null,
  payload jsonb not null
);
