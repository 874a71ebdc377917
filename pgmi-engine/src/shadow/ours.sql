-- The databases of this server that pgmi made for the current role, the template used last first.
-- Who runs it: the engine, before it works with throwaway databases, to remove what nobody needs.
--
--   name, template or copy
--   the number whose advisory lock says that somebody works with it, as 16 hexadecimal digits
--   seconds since it was used (template) or kept (copy); null when it carries no such mark
select d.datname::pg_catalog.text,
       m.parts[2] is null,
       coalesce(m.parts[2], m.parts[1]),
       extract(epoch from pg_catalog.now())::pg_catalog.int8
       - pg_catalog.substring(pg_catalog.shobj_description(d.oid, 'pg_database'),
                              '^pgmi (?:template, used|kept, since) ([0-9]+)$')::pg_catalog.int8 as age
  from pg_catalog.pg_database as d
 cross join lateral pg_catalog.regexp_match(
           d.datname, '^pgmi_([0-9a-f]{16})(?:_read|_([0-9a-f]{16})_[0-9]+)?$') as m (parts)
 where m.parts is not null
   and d.datdba = (select r.oid from pg_catalog.pg_roles as r where r.rolname = current_user)
 order by age nulls last
