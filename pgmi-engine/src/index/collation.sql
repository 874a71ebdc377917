-- Gives a throwaway database that was made with the C locale of the operating system the one of the parameter.
-- Run by index/collation.rs, before anybody fills the database; it takes a superuser.
update pg_catalog.pg_database as d
set datcollate = $1::text, datctype = $1::text
where d.datname = pg_catalog.current_database()
  and d.datcollate::text in ('C', 'POSIX')
  and pg_catalog.pg_encoding_to_char(d.encoding) in ('UTF8', 'SQL_ASCII')
  and coalesce(pg_catalog.to_jsonb(d) ->> 'datlocprovider', 'c') = 'c'
