--! name text not null
--! genre text null
--! many
select a.name, l.genre from album a left join lateral (select name as genre from genre where id = a.id) l on true
