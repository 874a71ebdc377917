--! $id int4 not null
--! id int4 not null
--! name text null
--! many
--! needs file_fdw
select id, name from imported where id = $id
