-- How many rows a table has, and the statement that gives its columns a statistics target: 0 after which ANALYZE leaves
-- them out, and what is known of them stays; -1 after which it looks at them as the session says.
-- Run by index/verify/look.rs in a throwaway database.
select c.reltuples::int8,
       pg_catalog.format(
         'alter table %s %s',
         a.attrelid::pg_catalog.regclass,
         pg_catalog.string_agg(pg_catalog.format('alter column %I set statistics %s', a.attname, $2::text), ', '))
from pg_catalog.pg_attribute as a
join pg_catalog.pg_class as c on c.oid = a.attrelid
where a.attrelid = pg_catalog.to_regclass($1) and a.attnum > 0 and not a.attisdropped
group by a.attrelid, c.reltuples
