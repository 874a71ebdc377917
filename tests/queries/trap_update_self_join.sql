--! $id int4 not null
--! id int4 not null
--! many
update album a set name = b.name from album b where b.id = $id returning a.id
