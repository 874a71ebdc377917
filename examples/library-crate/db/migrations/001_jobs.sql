create schema jobs;

create type jobs.state as enum ('waiting', 'running', 'done', 'failed');

create table jobs.job (
    id         bigint generated always as identity primary key,
    queue      text not null,
    payload    jsonb not null default '{}',
    state      jobs.state not null default 'waiting',
    attempts   integer not null default 0,
    last_error text,
    due        timestamptz not null default now()
);

create index job_due on jobs.job (queue, due) where state = 'waiting';
