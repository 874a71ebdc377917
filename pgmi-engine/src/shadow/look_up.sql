-- How many seconds ago the template database $1 was used last; null when it is not complete, no row when
-- there is none.
-- Who runs it: the engine, before it makes or copies a template.
select extract(epoch from pg_catalog.now())::pg_catalog.int8
       - pg_catalog.substring(pg_catalog.shobj_description(d.oid, 'pg_database'),
                              '^pgmi template, used ([0-9]+)$')::pg_catalog.int8
  from pg_catalog.pg_database as d
 where d.datname = $1
