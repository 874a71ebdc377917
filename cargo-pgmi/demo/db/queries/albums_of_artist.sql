-- What an artist has made, the newest first.
select album.id, album.name, album.released
  from album
 where album.artist = $artist
 order by album.released desc
 limit 20
