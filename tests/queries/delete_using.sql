--! $name text not null
--! album int4 not null
--! many
delete from album_genre g using genre ge where ge.id = g.genre and ge.name = $name returning g.album
