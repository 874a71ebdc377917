select id, name from albums_of($artist)
