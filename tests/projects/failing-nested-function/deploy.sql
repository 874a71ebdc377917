-- The test is right and the function it calls raises an error. Where the error comes
-- from is in CONTEXT: the function and a line of its body, which begins on line 8 of
-- ./functions/withdraw.sql.
begin;

do $$
declare
    v_file record;
begin
    for v_file in
        select s.content
          from pg_temp.pgmi_source_view s
         where s.directory in ('./tables/', './functions/')
           and s.is_sql_file
         order by s.directory desc, s.path collate "C"
    loop
        execute v_file.content;
    end loop;
end;
$$;

savepoint tests;
call pgmi_test();
rollback to savepoint tests;

commit;
