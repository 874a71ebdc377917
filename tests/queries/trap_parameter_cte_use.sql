--! $name text not null
--! id int4 not null
--! many
with p as (select $name::text as name) select a.id from artist a, p where a.name = p.name
