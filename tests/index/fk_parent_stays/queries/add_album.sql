insert into album (artist, name) values ($artist, $name) returning id
