--! $name text not null
--! id int4 not null
--! genre int4 null
--! many
select a.id, g.id as genre from artist a left join genre g on g.id = a.id and g.name = $name
