-- What the database looked like before: one column for the whole name.
do $$
begin
    if pg_catalog.to_regclass('app.accounts') is not null then
        return;
    end if;

    create schema app;

    create table app.accounts (
        id         bigint generated always as identity primary key,
        email      text        not null,
        full_name  text        not null,
        created_at timestamptz not null default pg_catalog.now()
    );
end;
$$;
