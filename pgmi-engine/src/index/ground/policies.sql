-- What row security lets a role see of a table. Run by ground/read.rs, once per analysis.
select p.polrelid,
       p.polname::text,
       p.polpermissive,
       p.polqual::text
from pg_catalog.pg_policy as p
join pg_catalog.pg_class as c on c.oid = p.polrelid
where c.relrowsecurity and p.polqual is not null
order by p.polrelid, p.polname
