-- The deployment of the shop, run by `cargo pgmi deploy`.
--
--   head   one transaction: migrations once, functions, views and grants each time,
--          seeds outside production, and the SQL tests as the gate.
--   tail   statements after the COMMIT, one by one: what cannot or need not be atomic.
--
-- Parameters (pgmi.yaml, --param): env, statement_timeout.

begin;

select pg_catalog.set_config('lock_timeout', '5s', true),
       pg_catalog.set_config(
           'statement_timeout',
           coalesce(pg_catalog.current_setting('pgmi.statement_timeout', true), '2min'),
           true);

-- 1. The ledger: which migrations this database has, and what they looked like.
--    The checksum is the one that ignores comments and layout, so a typo in a
--    comment can be mended without a new migration.
do $$
begin
    if pg_catalog.to_regclass('deployment.migrations') is not null then
        return;
    end if;

    create schema deployment;

    create table deployment.migrations (
        path        text primary key,
        checksum    text        not null,
        applied_at  timestamptz not null default pg_catalog.clock_timestamp(),
        applied_by  text        not null default current_user,
        duration    interval    not null
    );
end;
$$;

-- 2. Refuse a history that was rewritten, before anything is touched.
do $$
declare
    v_changed text;
begin
    select pg_catalog.string_agg(m.path, ', ' order by m.path)
      into v_changed
      from deployment.migrations m
      join pg_temp.pgmi_source_view s on s.path = m.path
     where s.pgmi_checksum <> m.checksum;

    if v_changed is not null then
        raise exception 'applied migrations were changed: %', v_changed
            using hint = 'Restore these files and put the change into a new migration.';
    end if;
end;
$$;

-- 3. Migrations, each one once, in byte order of their paths.
do $$
declare
    v_file    record;
    v_started timestamptz;
    v_count   int := 0;
begin
    for v_file in
        select s.path, s.content, s.pgmi_checksum
          from pg_temp.pgmi_source_view s
         where s.directory = './migrations/'
           and s.is_sql_file
           and not exists (select from deployment.migrations m where m.path = s.path)
         order by s.path collate "C"
    loop
        v_started := pg_catalog.clock_timestamp();
        execute v_file.content;
        insert into deployment.migrations (path, checksum, duration)
        values (v_file.path, v_file.pgmi_checksum, pg_catalog.clock_timestamp() - v_started);
        v_count := v_count + 1;
    end loop;

    raise notice '% new migration(s) applied', v_count;
end;
$$;

-- 4. Everything that can be replaced is replaced: functions first (triggers live
--    beside their functions), then views, then grants on what exists by now.
do $$
declare
    v_file record;
begin
    for v_file in
        select s.path, s.content
          from pg_temp.pgmi_source_view s
         cross join lateral (
               select pg_catalog.array_position(array['functions', 'views', 'grants'], s.path_parts[2])
         ) as step (place)
         where step.place is not null
           and s.is_sql_file
         order by step.place, s.path collate "C"
    loop
        execute v_file.content;
    end loop;
end;
$$;

-- 5. Seeds. The data are .json and .csv files, which PostgreSQL sees as rows of
--    pgmi_source_view; the .sql files beside them say how to read them.
create function pg_temp.csv_rows(p_path text)
returns table (line bigint, cells text[])
language sql
stable
begin atomic
    -- One row per line after the header. A cell may be quoted, a quote inside is
    -- doubled; a cell over several lines is not supported.
    select text_line.n,
           (select pg_catalog.array_agg(
                       coalesce(pg_catalog.replace(cell.m[1], '""', '"'), cell.m[2])
                       order by cell.n)
              from pg_catalog.regexp_matches(
                       ',' || text_line.t, ',(?:"((?:[^"]|"")*)"|([^,"]*))', 'g')
                   with ordinality as cell (m, n))
      from pg_temp.pgmi_source_view s
     cross join lateral pg_catalog.regexp_split_to_table(s.content, '\r?\n')
           with ordinality as text_line (t, n)
     where s.path = p_path
       and text_line.n > 1
       and text_line.t <> '';
end;

do $$
declare
    v_env  text := coalesce(pg_catalog.current_setting('pgmi.env', true), 'development');
    v_file record;
begin
    if v_env = 'production' then
        raise notice 'production: no seeds';
        return;
    end if;

    for v_file in
        select s.path, s.content
          from pg_temp.pgmi_source_view s
         where s.directory = './seeds/'
           and s.is_sql_file
         order by s.path collate "C"
    loop
        execute v_file.content;
    end loop;
end;
$$;

-- 6. The gate: a failing test undoes all of the above.
savepoint tests;
call pgmi_test();
rollback to savepoint tests;

commit;

-- The tail. Each statement is a transaction of its own and can be run again.
call report.refresh_daily_sales();
call sales.expire_carts(interval '30 days');
vacuum (analyze) catalog.products;
analyze sales.orders;

do $$
begin
    raise notice 'the shop has % migrations, % products and % orders',
        (select pg_catalog.count(*) from deployment.migrations),
        (select pg_catalog.count(*) from catalog.products),
        (select pg_catalog.count(*) from sales.orders);
end;
$$;
