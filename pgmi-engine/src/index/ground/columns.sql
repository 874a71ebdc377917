-- What an index has to know of the columns of tables. Run by ground/read.rs, once per analysis.
select a.attrelid,
       a.attnum::int4,
       a.attcollation,
       a.attlen::int4
from pg_catalog.pg_attribute as a
join pg_catalog.pg_class as c on c.oid = a.attrelid
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'm')
  and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
