--! $album int4 not null
--! $genre int4 not null
--! album int4 not null
--! zero_or_one
insert into album_genre (album, genre) values ($album, $genre) on conflict on constraint album_genre_pkey do nothing returning album
