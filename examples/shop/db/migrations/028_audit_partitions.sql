-- A partition per year, and one for whatever no year is ready for.
do $$
declare
    v_year int;
begin
    for v_year in 2024..2030 loop
        execute pg_catalog.format(
            'create table audit.%I partition of audit.log for values from (%L) to (%L)',
            'log_' || v_year,
            pg_catalog.make_timestamptz(v_year, 1, 1, 0, 0, 0, 'UTC'),
            pg_catalog.make_timestamptz(v_year + 1, 1, 1, 0, 0, 0, 'UTC'));
    end loop;
end;
$$;

create table audit.log_other partition of audit.log default;
