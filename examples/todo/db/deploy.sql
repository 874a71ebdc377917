-- The deployment of the to-do application, run by `cargo pgmi deploy`: one
-- transaction, nothing after it. Migrations run once, functions each time.

begin;

set local lock_timeout = '5s';

do $$
begin
    if pg_catalog.to_regclass('todo.applied_migrations') is null then
        create schema todo;
        create table todo.applied_migrations (
            path       text primary key,
            applied_at timestamptz not null default pg_catalog.now()
        );
    end if;
end;
$$;

do $$
declare
    v_file record;
begin
    for v_file in
        select s.path, s.content
          from pg_temp.pgmi_source_view s
         where s.directory = './migrations/'
           and s.is_sql_file
           and not exists (select from todo.applied_migrations a where a.path = s.path)
         order by s.path collate "C"
    loop
        execute v_file.content;
        insert into todo.applied_migrations (path) values (v_file.path);
    end loop;

    for v_file in
        select s.path, s.content
          from pg_temp.pgmi_source_view s
         where s.directory = './functions/'
           and s.is_sql_file
         order by s.path collate "C"
    loop
        execute v_file.content;
    end loop;
end;
$$;

savepoint tests;
call pgmi_test();
rollback to savepoint tests;

commit;
