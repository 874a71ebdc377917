--! $id float8 not null
--! name text not null
--! many
--! imprecise: every int4 is one float8, so equality of those is equality of the key
select name from artist where id = $id::float8
