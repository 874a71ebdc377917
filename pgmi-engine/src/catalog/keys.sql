-- Unique indexes that are always true: valid, checked at once, over all rows. Of partial ones and of ones over
-- expressions the predicate and the expressions come as trees.
-- Run by catalog/read.rs, of all or, with the line behind `only:`, of some.
select i.indrelid,
       x.relname::text,
       i.indkey::int2[] as columns,
       i.indnkeyatts::int4,
       (select array_agg(o.opcfamily order by k.position)
        from unnest(i.indclass::oid[]) with ordinality as k (opclass, position)
        join pg_catalog.pg_opclass as o on o.oid = k.opclass) as families,
       i.indcollation::oid[] as collations,
       i.indexprs::text,
       i.indpred::text
from pg_catalog.pg_index as i
join pg_catalog.pg_class as x on x.oid = i.indexrelid
where i.indisunique and i.indisvalid and i.indimmediate
  -- only: and i.indrelid = any($1)
order by i.indrelid, not i.indisprimary, i.indnkeyatts, x.relname
