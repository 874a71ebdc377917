insert into album (id, artist, name, format, cover, tags, discs)
values ($id, $artist, $name, $format, $cover, $tags, $discs)
returning id, format
