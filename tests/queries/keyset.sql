--! $name text not null
--! $id int4 not null
--! id int4 not null
--! name text not null
--! many
select id, name from artist where (name, id) > ($name, $id) order by name, id limit 10
