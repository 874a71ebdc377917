--! $id int4 null
--! id int4 not null
--! many
select id from artist where id is not distinct from $id
