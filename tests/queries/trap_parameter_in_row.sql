--! $id int4 not null
--! $name text not null
--! id int4 not null
--! many
select id from artist where (id, name) in (($id, $name), (1, 'a'))
