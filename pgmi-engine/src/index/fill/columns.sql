-- The columns of those tables, with what a value of each must be like.
-- Run by index/fill/read.rs in a throwaway database, once per analysis.
select a.attrelid as relation,
       a.attnum::int4,
       a.attname::text,
       a.atttypid,
       -- A domain is filled as what it is made of.
       pg_catalog.format_type(case t.typtype when 'd' then t.typbasetype else a.atttypid end,
                              case t.typtype when 'd' then t.typtypmod else a.atttypmod end) as type_name,
       a.attnotnull or t.typnotnull as not_null,
       case when a.attgenerated <> '' then pg_catalog.pg_get_expr(d.adbin, d.adrelid) end as generated,
       a.atthasdef and a.attgenerated = '' as has_default,
       -- The checks of a domain, about VALUE.
       coalesce((select array_agg(pg_catalog.pg_get_expr(k.conbin, 0))
                 from pg_catalog.pg_constraint as k where k.contypid = t.oid and k.contype = 'c'), '{}') as domain_checks
from pg_catalog.pg_attribute as a
join pg_catalog.pg_class as c on c.oid = a.attrelid
join pg_catalog.pg_type as t on t.oid = a.atttypid
left join pg_catalog.pg_attrdef as d on d.adrelid = a.attrelid and d.adnum = a.attnum
where a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p') and not c.relispartition
  -- What initdb made is not filled, here and in the other files.
  and c.oid >= 16384
order by a.attrelid, a.attnum
