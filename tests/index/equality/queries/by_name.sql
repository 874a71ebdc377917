select id, format from album where name = $name
