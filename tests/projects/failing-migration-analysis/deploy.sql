-- The server rejects ./migrations/007_x.sql when it analyses it: the position it reports
-- counts characters from the start of that file.
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
