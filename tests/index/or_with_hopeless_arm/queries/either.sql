select id from album where artist = $artist or format <> $format
