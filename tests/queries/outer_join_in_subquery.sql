--! name text not null
--! genre int4 null
--! many
select s.name, s.genre from (select a.name, g.genre from album a left join album_genre g on g.album = a.id) s
