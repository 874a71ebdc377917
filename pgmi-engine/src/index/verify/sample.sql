-- Values that stand in the tables, as text, from their statistics: for what queries are planned with.
-- Run by index/verify/arguments.rs in a throwaway database after ANALYZE, or in a given one.
select s.schemaname::text,
       s.tablename::text,
       s.attname::text,
       s.most_common_vals::text::text[] as common,
       s.histogram_bounds::text::text[] as bounds
from pg_catalog.pg_stats as s
where s.schemaname not in ('pg_catalog', 'information_schema')
  and not s.inherited
union all
-- A partitioned table has only those of all its partitions.
select s.schemaname::text, s.tablename::text, s.attname::text, s.most_common_vals::text::text[], s.histogram_bounds::text::text[]
from pg_catalog.pg_stats as s
join pg_catalog.pg_class as c on c.relname = s.tablename and c.relkind = 'p'
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace and n.nspname = s.schemaname
where s.schemaname not in ('pg_catalog', 'information_schema') and s.inherited
