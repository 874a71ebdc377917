--! $counted int4[] not null elements not null
--! $later int4[] null
--! $id int4 not null
--! none
update tallied set counted = $counted, later = $later where id = $id
