select id from album where name = $name and format = $format
