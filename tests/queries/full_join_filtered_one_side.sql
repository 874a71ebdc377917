--! id int4 null
--! name text null
--! genre text null
--! many
--! imprecise: the condition is false for a row that has no artist
select a.id, a.name, g.name as genre from artist a full join genre g on g.id = a.id where coalesce(a.id, 0) > 0
