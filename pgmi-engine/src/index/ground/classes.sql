-- Every operator class: which types an access method can keep, and how.
-- Run by ground/read.rs, once per analysis.
select o.oid,
       n.nspname::text,
       o.opcname::text,
       m.amname::text,
       o.opcfamily,
       o.opcintype,
       o.opcdefault
from pg_catalog.pg_opclass as o
join pg_catalog.pg_am as m on m.oid = o.opcmethod
join pg_catalog.pg_namespace as n on n.oid = o.opcnamespace
order by m.amname, not o.opcdefault, o.opcname
