--! $name text null
--! id int4 not null
--! many
with p as (select $name::text as name) select a.id from artist a, p where p.name is null or a.name = p.name
