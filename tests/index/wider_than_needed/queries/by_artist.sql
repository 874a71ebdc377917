select id, name from album where artist = $artist
