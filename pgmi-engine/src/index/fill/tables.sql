-- The tables that can hold rows: ordinary ones and partitioned ones, whose rows find their partition by themselves.
-- Run by index/fill/read.rs in a throwaway database, once per analysis.
select c.oid,
       n.nspname::text,
       c.relname::text,
       -- What a row must be like to have a partition; none for a table without partitions.
       case c.relkind when 'p' then (
         select pg_catalog.string_agg(coalesce(d.definition, 'true'), ') or (')
         from pg_catalog.pg_partition_tree(c.oid) as p
         cross join lateral (select pg_catalog.pg_get_partition_constraintdef(p.relid) as definition) as d
         where p.isleaf and p.relid <> c.oid
       ) end as has_partition
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence <> 't'
  and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast')
  -- What an extension keeps is its own affair.
  and not exists (select from pg_catalog.pg_depend as d
                  where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = c.oid and d.deptype = 'e')
order by n.nspname, c.relname
