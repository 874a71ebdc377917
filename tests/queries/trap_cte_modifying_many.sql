--! album int4 not null
--! many
with d as (delete from album_genre returning album) select album from d
