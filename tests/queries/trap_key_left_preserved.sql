--! id int4 not null
--! genre int4 null
--! many
select a.id, g.id as genre from artist a left join genre g on a.id = 1 and g.id = 1
