begin;
do $$
declare
    v_file record;
begin
    for v_file in
        select path, content
          from pg_temp.pgmi_source_view
         where directory = './migrations/' and is_sql_file
         order by path
    loop
        execute v_file.content;
    end loop;
end;
$$;
commit;
