-- Every operator, and the index families in which it stands for equality.
-- Run by catalog/read.rs, of all or, with the lines behind `only:`, of some.
with member as (
  select a.amopopr as operator,
         array_agg(distinct a.amopfamily) filter (
           where m.amname = 'btree' and a.amopstrategy = 3 or m.amname = 'hash' and a.amopstrategy = 1
         ) as equal_in
  from pg_catalog.pg_amop as a
  join pg_catalog.pg_am as m on m.oid = a.amopmethod
  where m.amname in ('btree', 'hash')
    -- only: and (a.amopopr = any($1) or a.amopopr in (select n.oprnegate from pg_catalog.pg_operator as n where n.oid = any($1)))
  group by a.amopopr
)
select o.oid,
       o.oprname::text,
       o.oprcode::oid,
       o.oprcom,
       o.oprleft,
       o.oprright,
       coalesce(own.equal_in, '{}') as equal_in,
       -- It orders or equates, or its negation does.
       own.operator is not null or negated.operator is not null as compares
from pg_catalog.pg_operator as o
left join member as own on own.operator = o.oid
left join member as negated on negated.operator = o.oprnegate
-- only: where o.oid = any($1)
