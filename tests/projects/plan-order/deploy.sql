-- Files without sort keys are ordered by their path, byte by byte, and before all files
-- with keys that begin with a digit. No collation of the database may change that.
begin;

create temporary table executed (
    position integer generated always as identity,
    name     text not null
);

do $$
declare
    v_file  record;
    v_found text[];
begin
    for v_file in
        select p.content
          from pg_temp.pgmi_plan_view p
          join pg_temp.pgmi_source_view s on s.path = p.path
         where s.is_sql_file
         order by p.execution_order
    loop
        execute v_file.content;
    end loop;

    select pg_catalog.array_agg(e.name order by e.position) into v_found from executed e;

    if v_found <> array['fallback-b', 'fallback_a', 'migrations/002_data', 'setup/functions', 'first', 'last'] then
        raise exception 'executed in the order %', v_found;
    end if;
end;
$$;

commit;
