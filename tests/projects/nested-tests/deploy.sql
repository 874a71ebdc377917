-- Eight test files in two trees. Fixtures and tests leave rows in trace, look at what the
-- others left, and none of it may remain.
begin;

do $$
begin
    if pg_catalog.to_regclass('public.trace') is null then
        create table public.trace (path text primary key);
    end if;
end;
$$;

create function pg_temp.expect_trace(p_expected text[])
returns void
language plpgsql
as $$
declare
    v_found text[] := (select pg_catalog.array_agg(t.path order by t.path collate "C") from public.trace t);
begin
    if v_found is distinct from p_expected then
        raise exception 'expected %, found %', p_expected, v_found;
    end if;
end;
$$;

call pgmi_test();

select pg_temp.expect_trace(null);

commit;
