--! name text not null
--! genre text not null
--! many
select a.name, l.genre from album a cross join lateral (select name as genre from genre where id = a.id) l
