--! name text not null
--! genre int4 null
--! many
with s as (select a.name, g.genre from album a left join album_genre g on g.album = a.id) select * from s
