-- What was inserted waits in the pending lists of GIN indexes, and plans are priced by their length; a server in
-- production cleans up behind itself. Run by index/fill/insert.rs for each table that was filled.
select pg_catalog.gin_clean_pending_list(i.indexrelid)
from pg_catalog.pg_index as i
join pg_catalog.pg_class as c on c.oid = i.indexrelid
join pg_catalog.pg_am as m on m.oid = c.relam
where m.amname = 'gin' and c.relkind = 'i' and i.indisvalid
  and i.indrelid in (select $1::pg_catalog.oid union all
                     select p.relid from pg_catalog.pg_partition_tree($1::pg_catalog.oid::pg_catalog.regclass) as p)
