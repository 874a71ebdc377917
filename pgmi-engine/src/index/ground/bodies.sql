-- Functions of the project that the planner may put into the query that calls them: SQL, not volatile, not strict,
-- not with the rights of their owner. Run by inline.rs, once per analysis.
select p.oid,
       pg_catalog.pg_get_function_arguments(p.oid) as arguments,
       p.prosrc,
       p.prosqlbody::text as body
from pg_catalog.pg_proc as p
join pg_catalog.pg_language as l on l.oid = p.prolang
where l.lanname = 'sql' and p.prokind = 'f' and p.proretset and p.provolatile <> 'v'
  and not p.proisstrict and not p.prosecdef and p.proconfig is null and p.oid >= 16384
  -- Polymorphic ones have a body for each call.
  and not exists (
    select from pg_catalog.unnest(p.proargtypes::oid[]) as a (type_oid)
    join pg_catalog.pg_type as t on t.oid = a.type_oid
    where t.typtype = 'p')
