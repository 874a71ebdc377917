-- Types whose text form depends on settings, so that no index may hold it, and whose text does when read.
-- Run by ground/read.rs, once per analysis.
select t.oid,
       o.provolatile <> 'i' as writes,
       i.provolatile <> 'i' as reads
from pg_catalog.pg_type as t
join pg_catalog.pg_proc as o on o.oid = t.typoutput
join pg_catalog.pg_proc as i on i.oid = t.typinput
where o.provolatile <> 'i' or i.provolatile <> 'i'
