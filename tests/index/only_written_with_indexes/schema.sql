create table audit_log (
  id int8 generated always as identity primary key,
  at timestamptz not null default now(),
  actor int8 not null,
  action text not null
);
create index audit_log_actor on audit_log (actor);
create index audit_log_at on audit_log (at);
