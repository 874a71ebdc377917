select id, name from album where format = $format
