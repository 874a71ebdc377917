--! $album int4 not null
--! album int4 not null
--! genre int4 not null
--! many
--! since 17
merge into album_genre g using (values ($album::int4)) s (album) on g.album = s.album when matched then delete returning g.album, g.genre
