--! id int4 not null
--! name text not null
--! genre text null
--! many
select id, a.name, g.name as genre from artist a left join genre g using (id)
