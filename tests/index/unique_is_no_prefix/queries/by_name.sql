select id from album where name = $name
