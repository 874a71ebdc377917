select id, name from alive where artist = $artist
