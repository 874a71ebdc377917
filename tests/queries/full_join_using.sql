--! name text null
--! genre text null
--! id int4 not null
--! many
select fa.name, g.name as genre, id from artist fa full join genre g using (id)
