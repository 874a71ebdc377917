-- Every file is a row, whatever it is called, unless a part of its path begins with a dot.
-- Only the last extension says whether a file is SQL.
do $$
declare
    v_wrong text;
begin
    with expected (path, name, directory, extension, depth, is_sql_file, parent_folder_name) as (
        values ('./a b/c d.sql', 'c d.sql', './a b/', '.sql', 1, true, 'a b'),
               ('./archive.tar.gz', 'archive.tar.gz', './', '.gz', 0, false, null),
               ('./d/visible', 'visible', './d/', '', 1, false, 'd'),
               ('./no_ext', 'no_ext', './', '', 0, false, null),
               ('./notes.txt~', 'notes.txt~', './', '', 0, false, null),
               ('./sp/ace.SQL', 'ace.SQL', './sp/', '.SQL', 1, true, 'sp'),
               ('./x/001.sql.bak', '001.sql.bak', './x/', '.bak', 1, false, 'x'),
               ('./x/examples/deploy.sql', 'deploy.sql', './x/examples/', '.sql', 2, true, 'examples'),
               ('./é/ü.sql', 'ü.sql', './é/', '.sql', 1, true, 'é')
    ),
    found as (
        select s.path, s.name, s.directory, s.extension, s.depth, s.is_sql_file, s.parent_folder_name
          from pg_temp.pgmi_source_view s
    )
    select pg_catalog.string_agg(difference.side || ' ' || difference.path, ', ' order by difference.path collate "C")
      into v_wrong
      from (select 'missing' as side, m.path from (table expected except table found) as m
            union all
            select 'unexpected', u.path from (table found except table expected) as u) as difference;

    if v_wrong is not null then
        raise exception 'wrong rows: %', v_wrong;
    end if;
end;
$$;
