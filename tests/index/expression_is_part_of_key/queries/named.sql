select id, name from album where format = $format and lower(name) = $name
