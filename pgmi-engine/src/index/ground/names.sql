-- What is named in an expression by its number: text search configurations, collations, types and the schemas of
-- operators that are not built in. Run by ground/read.rs, once per analysis.
select 'configuration' as kind, c.oid, pg_catalog.format('%I.%I', n.nspname, c.cfgname) as name
from pg_catalog.pg_ts_config as c
join pg_catalog.pg_namespace as n on n.oid = c.cfgnamespace
union all
select 'collation', c.oid, pg_catalog.format('%I.%I', n.nspname, c.collname)
from pg_catalog.pg_collation as c
join pg_catalog.pg_namespace as n on n.oid = c.collnamespace
union all
select 'operator', o.oid, pg_catalog.format('%I', n.nspname)
from pg_catalog.pg_operator as o
join pg_catalog.pg_namespace as n on n.oid = o.oprnamespace
where n.nspname <> 'pg_catalog'
union all
select 'type', t.oid, pg_catalog.format_type(t.oid, null)
from pg_catalog.pg_type as t
union all
select 'relation', c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname)
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
where c.oid >= 16384
union all
-- The words of an enum, which a constant holds by number.
select 'label', e.oid, e.enumlabel::text
from pg_catalog.pg_enum as e
