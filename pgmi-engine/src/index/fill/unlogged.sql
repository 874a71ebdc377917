-- Keeps a table, its partitions and their indexes out of the write-ahead log, as UNLOGGED would if foreign keys let it:
-- nobody wants these rows back after a crash.
-- Run by index/fill/insert.rs in the transaction that fills the table of a throwaway database; it takes a superuser.
with tables as (
  select $1::pg_catalog.oid as oid
  union
  select p.relid from pg_catalog.pg_partition_tree($1::pg_catalog.oid::pg_catalog.regclass) as p
), stored as (
  select t.oid from tables as t
  union
  select c.reltoastrelid from tables as t join pg_catalog.pg_class as c on c.oid = t.oid
)
update pg_catalog.pg_class as c
set relpersistence = 'u'
where c.relpersistence = 'p' and c.relkind in ('r', 't', 'i')
  and (c.oid in (select s.oid from stored as s)
       or c.oid in (select i.indexrelid from pg_catalog.pg_index as i where i.indrelid in (select s.oid from stored as s)))
