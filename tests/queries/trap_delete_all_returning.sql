--! album int4 not null
--! genre int4 not null
--! many
delete from album_genre returning *
