-- The version, and the collations under which different bytes may be equal. Run by catalog/read.rs, of all.
select pg_catalog.current_setting('server_version_num')::int4,
       array(select c.oid from pg_catalog.pg_collation as c where not c.collisdeterministic)
