-- Every function, with the schema for those that are not built in.
-- Run by catalog/read.rs, of all or, with the line behind `only:`, of some.
select p.oid,
       n.nspname::text,
       p.proname::text,
       p.proisstrict,
       p.provolatile::text,
       p.proretset,
       p.prokind::text,
       p.prorettype,
       p.proargtypes::oid[] as arguments,
       p.provariadic <> 0 as variadic
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
-- only: where p.oid = any($1)
