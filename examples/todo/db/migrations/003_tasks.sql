-- Tasks, each one of an owner. The owner is whoever adds the task.
create table todo.tasks (
    id         uuid        primary key default pg_catalog.gen_random_uuid(),
    owner      uuid        not null default todo.current_owner(),
    title      text        not null check (title <> '' and pg_catalog.length(title) <= 500),
    completed  boolean     not null default false,
    created_at timestamptz not null default pg_catalog.now(),
    updated_at timestamptz not null default pg_catalog.now()
);

create index tasks_owner_idx on todo.tasks (owner, created_at);

create function todo.touch_updated_at()
returns trigger
language plpgsql
as $$
begin
    new.updated_at := pg_catalog.clock_timestamp();
    return new;
end;
$$;

create trigger touch_updated_at
    before update on todo.tasks
    for each row execute function todo.touch_updated_at();
