-- ./migrations/002_currencies.sql is correct SQL, and fails while it runs: the server
-- reports no position, only the text it was executing.
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

commit;
