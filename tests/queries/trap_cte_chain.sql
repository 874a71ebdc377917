--! id int4 not null
--! genre text null
--! name text not null
--! many
with a as (select id, name from artist where bio is not null), b as (select a.id, g.name as genre from a left join genre g on g.id = a.id) select b.id, b.genre, a.name from b join a using (id)
