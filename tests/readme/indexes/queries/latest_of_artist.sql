select id, name from album where artist = $artist order by released desc limit 10
