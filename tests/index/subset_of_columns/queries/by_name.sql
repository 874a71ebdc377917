select id, plays from album where name = $name
