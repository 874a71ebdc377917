select id, name from album where artist is distinct from $artist
