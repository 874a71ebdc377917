-- Every type. Run by catalog/read.rs, of all or, with the line behind `only:`, of some.
select t.oid,
       n.nspname::text,
       t.typname::text,
       t.typtype::text,
       t.typelem,
       -- A true array, not a type that happens to have elements (point, name, oidvector).
       t.typcategory = 'A' and t.typlen = -1 and e.oid is not null as is_array,
       t.typbasetype,
       t.typnotnull,
       t.typndims,
       t.typrelid,
       coalesce(r.rngsubtype, 0) as subtype,
       coalesce(m.rngtypid, 0) as range,
       coalesce((select array_agg(l.enumlabel::text order by l.enumsortorder)
                 from pg_catalog.pg_enum as l where t.typtype = 'e' and l.enumtypid = t.oid), '{}') as labels
from pg_catalog.pg_type as t
join pg_catalog.pg_namespace as n on n.oid = t.typnamespace
left join pg_catalog.pg_type as e on e.oid = t.typelem and e.typarray = t.oid
left join pg_catalog.pg_range as r on r.rngtypid = t.oid
left join pg_catalog.pg_range as m on m.rngmultitypid = t.oid
-- only: where t.oid = any($1)
