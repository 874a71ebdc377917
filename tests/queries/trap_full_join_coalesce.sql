--! name text null
--! many
select coalesce(a.name, g.name) as name from artist a full join genre g on g.id = a.id
