create table audit_log (
  id int8 generated always as identity,
  at timestamptz not null default now(),
  actor int8 not null,
  action text not null,
  detail jsonb not null
);
