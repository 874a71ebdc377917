--! id int4 not null
--! genre int4 not null
--! many
select a.id, g.genre from album a left join album_genre g on g.album = a.id where g is not null
