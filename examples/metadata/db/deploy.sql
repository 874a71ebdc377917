-- Files in the order of their <pgmi-meta> sort keys, wherever they lie. A script that is
-- not idempotent runs once: it is known by its id, so it may be moved and renamed.

begin;

do $$
begin
    if pg_catalog.to_regclass('deployment.scripts') is not null then
        return;
    end if;

    create schema deployment;

    create table deployment.scripts (
        id          uuid primary key,
        path        text        not null,
        checksum    text        not null,
        executed_at timestamptz not null default pg_catalog.clock_timestamp()
    );

    comment on table deployment.scripts is 'Scripts that ran and must not run again.';
end;
$$;

do $$
declare
    v_script  record;
    v_ran     int := 0;
    v_skipped int := 0;
begin
    -- The plan has every file, so the join leaves out what is not SQL. A file with two
    -- sort keys comes twice. Without a key the path counts, and "." is before all digits:
    -- such files are first.
    for v_script in
        select p.execution_order, p.path, p.content, p.checksum, p.idempotent, p.sort_key,
               coalesce(p.id, p.generic_id) as id
          from pg_temp.pgmi_plan_view p
          join pg_temp.pgmi_source_view s on s.path = p.path
         where s.is_sql_file
         order by p.execution_order
    loop
        if not v_script.idempotent
           and exists (select from deployment.scripts d where d.id = v_script.id)
        then
            v_skipped := v_skipped + 1;
            continue;
        end if;

        raise debug '% % (%)', v_script.execution_order, v_script.path, v_script.sort_key;
        execute v_script.content;
        v_ran := v_ran + 1;

        if not v_script.idempotent then
            insert into deployment.scripts (id, path, checksum)
            values (v_script.id, v_script.path, v_script.checksum);
        end if;
    end loop;

    raise notice '% script(s) executed, % skipped', v_ran, v_skipped;
end;
$$;

savepoint tests;
call pgmi_test();
rollback to savepoint tests;

commit;
