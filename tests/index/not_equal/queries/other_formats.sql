select id from album where format <> $format
