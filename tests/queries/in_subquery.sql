--! id int4 not null
--! has_genre bool not null
--! known bool null
--! many
select id, id in (select album from album_genre) as has_genre, artist in (select id from artist) as known from album
