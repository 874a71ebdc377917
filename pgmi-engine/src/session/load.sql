-- Loads the project and the parameters: one statement, one round trip, whatever the number of files.
-- Who runs it: the engine, once a session, or once for each 64 MiB of a very large project.
--
-- $1-$10 files          path, name, directory, extension, depth, parent folder, is SQL,
--                       content, checksum, normalised checksum; $11 strict checksum
-- $12-$15 metadata      path, id, idempotent, description
-- $16-$17 sort keys     path, key; in the order of the document
-- $18-$20 test folders  path, parent, depth
-- $21-$25 tests         path, directory, filename, content, is fixture
-- $26-$27 parameters    key, value; also set as pgmi.<key> for the session
with source as (
    insert into pg_temp._pgmi_source (
        path, name, directory, extension, depth, parent_folder_name, is_sql_file,
        content, checksum, pgmi_checksum, strict_checksum, size_bytes, path_parts)
    select f.path, f.name, f.directory, f.extension, f.depth, f.parent_folder_name, f.is_sql_file,
           f.content, f.checksum, f.pgmi_checksum, f.strict_checksum,
           pg_catalog.octet_length(f.content),
           pg_catalog.string_to_array(f.path, '/')
      from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::integer[], $6::text[],
                  $7::boolean[], $8::text[], $9::text[], $10::text[], $11::text[])
        as f (path, name, directory, extension, depth, parent_folder_name,
              is_sql_file, content, checksum, pgmi_checksum, strict_checksum)
), metadata as (
    insert into pg_temp._pgmi_source_metadata (path, id, idempotent, description, sort_keys)
    select m.path, m.id::uuid, m.idempotent, m.description, coalesce(k.keys, '{}')
      from unnest($12::text[], $13::text[], $14::boolean[], $15::text[])
        as m (path, id, idempotent, description)
      left join (
               select s.path, pg_catalog.array_agg(s.key order by s.ordinality) as keys
                 from unnest($16::text[], $17::text[]) with ordinality as s (path, key, ordinality)
                group by s.path) as k on k.path = m.path
), test_directory as (
    insert into pg_temp._pgmi_test_directory (path, parent_path, depth)
    select d.path, d.parent_path, d.depth
      from unnest($18::text[], $19::text[], $20::integer[]) as d (path, parent_path, depth)
), test_source as (
    insert into pg_temp._pgmi_test_source (path, directory, filename, content, is_fixture)
    select t.path, t.directory, t.filename, t.content, t.is_fixture
      from unnest($21::text[], $22::text[], $23::text[], $24::text[], $25::boolean[])
        as t (path, directory, filename, content, is_fixture)
), parameter as (
    insert into pg_temp._pgmi_parameter (key, value)
    select p.key, p.value from unnest($26::text[], $27::text[]) as p (key, value)
)
-- Session-level, so that they outlive every transaction of the deployment.
select pg_catalog.count(pg_catalog.set_config('pgmi.' || p.key, p.value, false))
  from unnest($26::text[], $27::text[]) as p (key, value)
