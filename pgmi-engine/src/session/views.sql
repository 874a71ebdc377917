-- The views of session API v1: what deploy.sql sees of its project.
-- Who runs it: the engine, behind load.sql. Columns are never reordered or removed; new ones come last.

analyze pg_temp._pgmi_source, pg_temp._pgmi_source_metadata,
        pg_temp._pgmi_test_directory, pg_temp._pgmi_test_source;

create temporary view pgmi_source_view as
select path, name, directory, extension, depth, content, size_bytes, checksum, pgmi_checksum,
       path_parts, is_sql_file, is_test_file, parent_folder_name, strict_checksum
  from pg_temp._pgmi_source;
comment on view pg_temp.pgmi_source_view is
    'Every file of the project outside test folders; deploy.sql itself is not in it.';

create temporary view pgmi_source_metadata_view as
select path, id, idempotent, sort_keys, description
  from pg_temp._pgmi_source_metadata;
comment on view pg_temp.pgmi_source_metadata_view is
    'What files say about themselves in <pgmi-meta>.';

-- The order is that of bytes, on every database: a linguistic collation would order "a-b" and "a_b"
-- differently on two machines. The generic id is the MD5 of the path in UTF-8 whatever the database's
-- encoding: a cast of text to bytea would take the encoding's bytes, and read backslashes as escapes.
create temporary view pgmi_plan_view as
select s.path,
       s.content,
       s.pgmi_checksum as checksum,
       pg_catalog.md5(pg_catalog.convert_to(s.path, 'UTF8'))::uuid as generic_id,
       m.id,
       coalesce(m.idempotent, true) as idempotent,
       coalesce(m.description, '') as description,
       k.sort_key,
       pg_catalog.row_number() over (order by k.sort_key collate "C", s.path collate "C")
           as execution_order,
       s.strict_checksum
  from pg_temp._pgmi_source as s
  left join pg_temp._pgmi_source_metadata as m on m.path = s.path
 cross join lateral unnest(
           case when m.sort_keys <> '{}' then m.sort_keys else array[s.path] end) as k (sort_key);
comment on view pg_temp.pgmi_plan_view is
    'Files in the order of their sort keys, once for each key; a file without keys is its own.';

create temporary view pgmi_parameter_view as
select key, value, type, required, default_value, description
  from pg_temp._pgmi_parameter;
comment on view pg_temp.pgmi_parameter_view is
    'Deployment parameters; also current_setting(''pgmi.<key>'', true).';

create temporary view pgmi_test_source_view as
select path, directory, filename, content, is_fixture
  from pg_temp._pgmi_test_source;
comment on view pg_temp.pgmi_test_source_view is
    'SQL files below __test__ and __tests__.';

create temporary view pgmi_test_directory_view as
select path, parent_path, depth
  from pg_temp._pgmi_test_directory;
comment on view pg_temp.pgmi_test_directory_view is
    'Folders of tests that directly hold a file.';

grant select on
    pg_temp.pgmi_source_view, pg_temp.pgmi_source_metadata_view, pg_temp.pgmi_plan_view,
    pg_temp.pgmi_parameter_view, pg_temp.pgmi_test_source_view, pg_temp.pgmi_test_directory_view
    to public;
