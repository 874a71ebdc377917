select id from album where lower(name) = $name
