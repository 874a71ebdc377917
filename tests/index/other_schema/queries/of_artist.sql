select id, name from music.album where artist = $artist
