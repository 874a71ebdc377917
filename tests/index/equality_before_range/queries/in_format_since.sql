select id, name from album where released > $since and format = $format
