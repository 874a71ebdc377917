--! id int4 not null
--! album int4 null!
--! many
select a.id, g.album from album a left join album_genre g on g.album = a.id where g.album is null
