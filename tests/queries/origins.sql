--! $id int4 not null
--! $name text not null
--! id int4 not null <- album.id
--! artist_name text null <- artist.name
--! upper text not null
--! zero_or_one
select v.id, v.artist as artist_name, upper(v.name) as upper from album_view v where v.id = $id and v.name = $name
