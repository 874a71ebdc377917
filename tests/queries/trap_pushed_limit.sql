--! name text not null
--! genre int4 not null
--! many
select s.name, s.genre from (select g.name, g.id as genre from artist a left join genre g on g.id = a.id order by a.id limit 3) s where s.name is not null
