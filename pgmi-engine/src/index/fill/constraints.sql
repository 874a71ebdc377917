-- What rows of a table must be like: checks (c), foreign keys (f), and columns that no two rows may share (u),
-- be it by a constraint or by an index. Run by index/fill/read.rs in a throwaway database, once per analysis.
select k.contype::text as kind,
       k.conrelid as relation,
       k.conkey::int2[] as columns,
       case k.contype when 'c' then pg_catalog.pg_get_expr(k.conbin, k.conrelid) end as condition,
       k.confrelid as parent,
       k.confkey::int2[] as parent_columns
from pg_catalog.pg_constraint as k
where k.contype in ('c', 'f') and k.conrelid >= 16384 and k.conparentid = 0
  and coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
union all
select 'u',
       i.indrelid,
       -- An index over expressions depends on their columns.
       case when 0 = any (i.indkey::int2[]) then (
         select array_agg(distinct d.refobjsubid::int2)
         from pg_catalog.pg_depend as d
         where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.objid = i.indexrelid
           and d.refobjid = i.indrelid and d.refobjsubid > 0
       ) else (i.indkey::int2[])[0 : i.indnkeyatts - 1] end,
       null,
       0,
       null
from pg_catalog.pg_index as i
where (i.indisunique or i.indisexclusion) and i.indrelid >= 16384
order by 2, 1, 3
