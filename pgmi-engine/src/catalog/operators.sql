-- Every operator, and the index families in which it stands for equality.
select o.oid,
       o.oprname::text,
       o.oprcode::oid,
       o.oprcom,
       o.oprleft,
       o.oprright,
       coalesce((select array_agg(distinct a.amopfamily)
                 from pg_catalog.pg_amop as a
                 join pg_catalog.pg_am as m on m.oid = a.amopmethod
                 where a.amopopr = o.oid
                   and (m.amname = 'btree' and a.amopstrategy = 3 or m.amname = 'hash' and a.amopstrategy = 1)
                ), '{}') as equal_in,
       exists (select from pg_catalog.pg_amop as a
               join pg_catalog.pg_am as m on m.oid = a.amopmethod
               where a.amopopr in (o.oid, o.oprnegate) and m.amname in ('btree', 'hash')) as compares
from pg_catalog.pg_operator as o
