--! id int4 null
--! name text null
--! genre text null
--! many
select a.id, a.name, g.name as genre from artist a full join genre g on g.id = a.id where coalesce(a.id, 0) > 0
