-- Every relation that can hold rows or describe them.
-- Run by catalog/read.rs, of all or, with the line behind `only:`, of some.
select c.oid,
       n.nspname::text,
       c.relname::text,
       c.relkind::text,
       c.relrowsecurity,
       coalesce((select array_agg(i.inhrelid order by i.inhrelid)
                 from pg_catalog.pg_inherits as i where i.inhparent = c.oid), '{}') as children,
       -- Bits of tgtype, https://www.postgresql.org/docs/current/catalog-pg-trigger.html
       coalesce((select array_agg(t.tgtype)
                 from pg_catalog.pg_trigger as t
                 where t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled <> 'D'), '{}') as triggers,
       exists (select from pg_catalog.pg_rewrite as r
               where r.ev_class = c.oid and r.ev_type <> '1') as has_rules
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'v', 'm', 'f', 'c')
  -- The server's own views are not asked about: what they read from is.
  and not (c.relkind = 'v' and c.oid < 16384)
  -- only: and c.oid = any($1)
