--! $album int4 not null
--! genre int4 not null
--! many
select genre from album_genre where album = $album
