--! $id float8 not null
--! name text not null
--! many
select name from artist where id = $id::float8
