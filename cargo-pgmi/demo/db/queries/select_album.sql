-- An album with its artist, where it has one.
select album.id, album.name, album.released, album.format, album.rating,
       artist.id as "artist.id", artist.name as "artist.name"
  from album
  left join artist on artist.id = album.artist
 where album.id = $id
