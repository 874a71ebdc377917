--! name text not null
--! artist_id int4 not null
--! artist text not null
--! many
select name, artist_id, artist from album_view where artist is not null
