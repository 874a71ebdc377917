--! id int4 not null
--! name text null
--! many
--! imprecise: the condition says the same subquery is not NULL, beside a fact that changes nothing
select id, (select name from genre g where g.id = a.id and g.name is not null) as name from artist a where (select name from genre g where g.id = a.id) is not null
