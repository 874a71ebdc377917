--! $album int4 not null
--! $genre int4 not null
--! one int4 not null
--! zero_or_one
select 1 as one from album_genre where album = $album and genre = $genre
