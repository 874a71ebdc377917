--! $id int4 not null
--! id int4 not null
--! many
select id from artist where abs(id) = $id
