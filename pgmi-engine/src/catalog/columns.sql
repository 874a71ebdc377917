-- The columns of every relation, system columns and dropped ones left out.
-- Run by catalog/read.rs, of all or, with the line behind `only:`, of some.
select a.attrelid,
       a.attnum,
       a.attname::text,
       a.atttypid,
       a.attndims::int4,
       -- PostgreSQL 18 keeps NOT NULL as constraints, which may be NOT VALID: old rows may break them.
       a.attnotnull and not exists (
         select from pg_catalog.pg_constraint as k
         where k.conrelid = a.attrelid and k.contype = 'n' and not k.convalidated and k.conkey = array[a.attnum]
       ) as not_null,
       a.attgenerated::text,
       a.attidentity::text,
       a.atthasdef
from pg_catalog.pg_attribute as a
join pg_catalog.pg_class as c on c.oid = a.attrelid
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
  -- The server's own views are not asked about: what they read from is.
  and not (c.relkind = 'v' and c.oid < 16384)
  -- only: and a.attrelid = any($1)
order by a.attrelid, a.attnum
