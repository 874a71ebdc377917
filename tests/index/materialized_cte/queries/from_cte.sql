with every as materialized (select id, name, artist from album)
select id, name from every where artist = $artist
