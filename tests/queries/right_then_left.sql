--! id int4 not null
--! genre int4 null
--! note text null
--! many
select a.id, g.genre, s.note from album_genre g right join album a on a.id = g.album left join sale s on s.album = g.album
