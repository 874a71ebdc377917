-- test_a passes, test_fail fails with 23505 and a DETAIL, test_z is not reached. The
-- deployment is one transaction: neither table nor rows are left.
begin;

do $$
declare
    v_file record;
begin
    for v_file in
        select s.content
          from pg_temp.pgmi_source_view s
         where s.directory = './migrations/'
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
