--! big bool not null
--! is bool null
--! many
select id > all (select album from album_genre) as big, id = any (select artist from album) as is from artist
