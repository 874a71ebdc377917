-- How many rows a table has, and the statement after which ANALYZE leaves out its columns, what is known of them stays:
-- they have been looked at, only the expressions of new indexes have not.
-- Run by index/verify/make.rs in a throwaway database.
select c.reltuples::int8,
       pg_catalog.format(
         'alter table %s %s',
         a.attrelid::pg_catalog.regclass,
         pg_catalog.string_agg(pg_catalog.format('alter column %I set statistics 0', a.attname), ', '))
from pg_catalog.pg_attribute as a
join pg_catalog.pg_class as c on c.oid = a.attrelid
where a.attrelid = pg_catalog.to_regclass($1) and a.attnum > 0 and not a.attisdropped
group by a.attrelid, c.reltuples
