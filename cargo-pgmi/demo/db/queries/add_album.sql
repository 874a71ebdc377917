insert into album (artist, name, released, format)
values ($artist, $name, $released, $format)
returning id
