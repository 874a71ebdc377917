-- What a given database knows of its tables: counts, and the statistics of columns. No row is read.
-- Run by index/statistics/mod.rs, once per analysis, by a role that may be anybody.
select n.nspname::text,
       c.relname::text,
       c.reltuples::float8,
       c.relpages::float8,
       -- Whether pg_stats shows it to this role.
       pg_catalog.has_any_column_privilege(c.oid, 'select') as is_readable,
       s.attname::text,
       s.null_frac::float8,
       s.n_distinct::float8,
       s.most_common_vals::text::text[] as common,
       s.most_common_freqs::float8[] as shares
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
-- Those of a partitioned table are about all its partitions.
left join pg_catalog.pg_stats as s
  on s.schemaname = n.nspname and s.tablename = c.relname and s.inherited = (c.relkind = 'p')
where c.relkind in ('r', 'p', 'm') and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
  and c.relpersistence <> 't'
order by n.nspname, c.relname
