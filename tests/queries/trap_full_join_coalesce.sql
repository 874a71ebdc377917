--! name text null
--! many
--! imprecise: one side of a full join is always there
select coalesce(a.name, g.name) as name from artist a full join genre g on g.id = a.id
