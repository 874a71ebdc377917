-- The columns of the tables that a given database has, whoever may read them.
-- Run by index/statistics/mod.rs, once per analysis where the settings name columns, by a role that may be anybody.
select n.nspname::text, c.relname::text, a.attname::text
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
join pg_catalog.pg_attribute as a on a.attrelid = c.oid
where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
  and c.relpersistence <> 't' and a.attnum > 0 and not a.attisdropped
order by n.nspname, c.relname, a.attnum
