-- Checks of tables that hold for every row. NOT ENFORCED came with 18.
-- Run by catalog/read.rs, of all or, with the line behind `only:`, of some.
select k.conrelid,
       k.conname::text,
       k.conbin::text,
       k.connoinherit
from pg_catalog.pg_constraint as k
where k.contype = 'c' and k.conrelid <> 0 and k.convalidated
  and coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true)
  -- only: and k.conrelid = any($1)
order by k.conrelid, k.conname
