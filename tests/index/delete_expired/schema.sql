create table session (
  token uuid primary key,
  account int8 not null,
  expires_at timestamptz not null,
  data jsonb not null
);
