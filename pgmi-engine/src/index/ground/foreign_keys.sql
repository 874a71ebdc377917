-- Every foreign key. Run by ground/read.rs, once per analysis.
select c.conname::text,
       c.conrelid,
       c.conkey::int2[],
       c.confrelid,
       c.confkey::int2[],
       c.confdeltype::text,
       c.confupdtype::text
from pg_catalog.pg_constraint as c
-- That of a partition is its parent's.
where c.contype = 'f' and c.conparentid = 0
  and coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true)
order by c.conrelid, c.conname
