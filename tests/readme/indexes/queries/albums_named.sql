select id, artist from album where name = $name
