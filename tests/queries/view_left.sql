--! $id int4 not null
--! id int4 not null
--! name text not null
--! released date null
--! artist_id int4 null
--! artist text null
--! zero_or_one
select id, name, released, artist_id, artist from album_view where id = $id
