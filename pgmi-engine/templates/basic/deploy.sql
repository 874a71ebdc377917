-- The deployment, run by `cargo pgmi deploy`. It is yours: change whatever you like.
--
--   head   everything up to the COMMIT, one transaction: migrations once, functions
--          each time, and the SQL tests as the gate. It happens whole or not at all.
--   tail   what stands behind it, statement by statement: what cannot be undone.

begin;

-- Rather give up than make others wait behind us.
set local lock_timeout = '5s';

-- 1. The ledger: which migrations this database has, and what they looked like.
--    strict_checksum does not change with comments and line ends, and with nothing else.
do $$
begin
    if pg_catalog.to_regclass('deployment.migrations') is null then
        create schema deployment;
        create table deployment.migrations (
            path       text        primary key,
            checksum   text        not null,
            applied_at timestamptz not null default pg_catalog.clock_timestamp(),
            applied_by text        not null default current_user,
            duration   interval    not null
        );
    end if;
end;
$$;

-- 2. A history that was rewritten is refused, before anything is touched. One that has lost a file may be an older
--    version of the project, or one whose first migrations became one: that is said, and no more.
do $$
declare
    v_changed text;
    v_gone    text;
begin
    select pg_catalog.string_agg(m.path, ', ' order by m.path collate "C")
      into v_changed
      from deployment.migrations as m
      join pg_temp.pgmi_source_view as s on s.path = m.path
     where s.strict_checksum <> m.checksum;

    if v_changed is not null then
        raise exception 'migrations were changed after they had been applied: %', v_changed
            using hint = 'Restore these files, and put the change into a new migration.';
    end if;

    select pg_catalog.string_agg(m.path, ', ' order by m.path collate "C")
      into v_gone
      from deployment.migrations as m
     where not exists (select from pg_temp.pgmi_source_view as s where s.path = m.path);

    if v_gone is not null then
        raise warning 'migrations were applied here that the project no longer has: %', v_gone;
    end if;
end;
$$;

-- 3. Migrations, each one once, in the order of their names.
do $$
declare
    v_file    record;
    v_started timestamptz;
begin
    for v_file in
        select s.path, s.content, s.strict_checksum
          from pg_temp.pgmi_source_view as s
         where s.directory = './migrations/'
           and s.is_sql_file
           and not exists (select from deployment.migrations as m where m.path = s.path)
         order by s.path collate "C"
    loop
        v_started := pg_catalog.clock_timestamp();
        execute v_file.content;
        insert into deployment.migrations (path, checksum, duration)
        values (v_file.path, v_file.strict_checksum, pg_catalog.clock_timestamp() - v_started);
        raise notice 'applied %', v_file.path;
    end loop;
end;
$$;

-- 4. What can be replaced is replaced each time: functions, and views if you have any.
do $$
declare
    v_file record;
begin
    for v_file in
        select s.path, s.content
          from pg_temp.pgmi_source_view as s
         where s.directory in ('./functions/', './views/')
           and s.is_sql_file
         order by s.path collate "C"
    loop
        execute v_file.content;
    end loop;
end;
$$;

-- 5. The gate: a failing test undoes all of the above. What tests do is undone in any case.
savepoint tests;
call pgmi_test();
rollback to savepoint tests;

commit;

-- The tail: statements that must stand alone, such as
--     create index concurrently if not exists note_written_at on note (written_at);
--     vacuum (analyze) note;
-- Write them so that they can run again: each deployment runs them.
