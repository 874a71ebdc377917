--! $id int4 not null
--! id int4 not null
--! genre int4 null
--! zero_or_one
select a.id, g.id as genre from artist a left join genre g on g.id = a.id where a.id = $id
