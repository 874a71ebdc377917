--! $id int4 not null
--! name text not null
--! id int4 not null
--! zero_or_one
with a as (select id, name from artist where id = $id) select x.name, y.id from a x, a y
