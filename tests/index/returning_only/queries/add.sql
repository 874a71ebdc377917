insert into album (name, released, format, artist) values ($name, $released, $format, $artist) returning *
