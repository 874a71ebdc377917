--! $name text not null
--! name text not null
--! genre text null
--! many
select a.name, g.name as genre from artist a full join genre g on g.id = a.id where a.name = $name
