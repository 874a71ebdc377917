--! name text not null
--! genre text not null
--! many
select a.name, g.name as genre from artist a full join genre g on g.id = a.id where a.name > '' and g.name > ''
