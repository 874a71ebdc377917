insert into album (id, artist, name, format, cover, tags, discs, price, stars)
values ($id, $artist, $name, $format, $cover, $tags, $discs, $price, $stars)
returning id, format
