-- Every index of the project's tables, with everything that two of them can differ in, and with what depends on
-- it. Run by ground/read.rs, once per analysis.
select i.indexrelid,
       i.indrelid,
       n.nspname::text,
       t.relname::text as table_name,
       x.relname::text as index_name,
       m.amname::text,
       i.indisunique,
       i.indisvalid,
       i.indkey::int2[] as columns,
       i.indnkeyatts::int4,
       i.indclass::oid[] as classes,
       i.indcollation::oid[] as collations,
       i.indoption::int2[] as options,
       i.indexprs::text,
       i.indpred::text,
       pg_catalog.pg_get_expr(i.indpred, i.indrelid, true) as predicate,
       -- Of columns their number is enough.
       (select array_agg(case k.attnum when 0 then pg_catalog.pg_get_indexdef(i.indexrelid, k.number::int4, true) end
                         order by k.number)
        from pg_catalog.unnest(i.indkey::int2[]) with ordinality as k (attnum, number)) as parts,
       coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) as nulls_not_distinct,
       -- Options of operator classes, such as siglen.
       (select array_agg(pg_catalog.array_to_string(a.attoptions, ', ') order by a.attnum)
        from pg_catalog.pg_attribute as a where a.attrelid = i.indexrelid) as class_options,
       exists (select from pg_catalog.pg_constraint as c where c.conindid = i.indexrelid) as has_constraint,
       i.indisreplident as identifies,
       i.indisclustered as clusters,
       exists (select from pg_catalog.pg_inherits as h where h.inhrelid = i.indexrelid) as is_attached,
       -- It belongs to an extension.
       exists (select from pg_catalog.pg_depend as d
               where d.objid = i.indrelid and d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass
                 and d.deptype = 'e') as is_foreign,
       exists (select from pg_catalog.pg_statistic as s where s.starelid = i.indexrelid)
         or exists (select from pg_catalog.pg_attribute as a
                    where a.attrelid = i.indexrelid and coalesce(a.attstattarget, -1) <> -1)
         as has_statistics
from pg_catalog.pg_index as i
join pg_catalog.pg_class as x on x.oid = i.indexrelid
join pg_catalog.pg_class as t on t.oid = i.indrelid
join pg_catalog.pg_namespace as n on n.oid = t.relnamespace
join pg_catalog.pg_am as m on m.oid = x.relam
where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and n.nspname !~ '^pg_temp'
order by n.nspname, t.relname, x.relname
