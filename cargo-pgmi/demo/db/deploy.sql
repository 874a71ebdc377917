-- The deployment, run by `cargo pgmi deploy`: it decides in SQL what runs, in which order and in which transactions.
--
--   head   everything up to the COMMIT, one transaction: the migrations that this database has not seen, and the SQL
--          tests as the gate. It happens whole or not at all.
--   tail   what stands behind it, statement by statement: the place for CREATE INDEX CONCURRENTLY.

begin;

-- What has run already is for this file to remember.
create schema if not exists deployment;
create table if not exists deployment.migrations (
    path     text primary key,
    checksum text not null
);

do $$
declare
    v_file record;
begin
    for v_file in
        select s.path, s.content, s.strict_checksum, m.checksum
          from pg_temp.pgmi_source_view as s
          left join deployment.migrations as m using (path)
         where s.directory = './migrations/'
           and s.is_sql_file
         order by s.path collate "C"
    loop
        if v_file.checksum is null then
            execute v_file.content;
            insert into deployment.migrations values (v_file.path, v_file.strict_checksum);
            raise notice 'applied %', v_file.path;
        elsif v_file.checksum <> v_file.strict_checksum then
            raise exception '% was changed after it had been applied', v_file.path;
        end if;
    end loop;
end;
$$;

savepoint tests;
call pgmi_test();                       -- A failing test undoes all of the above.
rollback to savepoint tests;

commit;
