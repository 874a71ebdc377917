--! $oid oid not null
--! relname name not null
--! bound text null
--! nspname name not null
--! zero_or_one
--! try oid 1259 | 1249 | 0
select c.relname, c.relpartbound::text as bound, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.oid = $oid
