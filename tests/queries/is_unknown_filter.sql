--! genre int4 null
--! many
select g.genre from album a left join album_genre g on g.album = a.id where (g.genre > 1) is unknown
