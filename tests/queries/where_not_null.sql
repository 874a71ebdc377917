--! released date not null
--! bio text not null
--! many
select released, bio from album join artist on artist.id = album.artist where released is not null and bio like 'A%'
