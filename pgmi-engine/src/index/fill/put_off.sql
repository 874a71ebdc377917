-- Leaves the indexes of a table and of its partitions out of what INSERT keeps, and says which they are: REINDEX makes
-- them whole again. One that is not valid already stays what it is.
-- Run by index/fill/insert.rs in the transaction that fills the table of a throwaway database; it takes a superuser.
update pg_catalog.pg_index as i
set indisready = false, indisvalid = false
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.oid = i.indexrelid and c.relkind = 'i'
  and i.indisvalid and i.indisready and i.indislive
  and i.indrelid in (select $1::pg_catalog.oid union all
                     select p.relid from pg_catalog.pg_partition_tree($1::pg_catalog.oid::pg_catalog.regclass) as p)
returning pg_catalog.format('%I.%I', n.nspname, c.relname)
