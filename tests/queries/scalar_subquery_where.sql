--! id int4 not null
--! name text null
--! many
select id, (select name from genre g where g.id = a.id and g.name is not null) as name from artist a where (select name from genre g where g.id = a.id) is not null
