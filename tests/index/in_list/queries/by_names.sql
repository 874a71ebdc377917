select id, name from album where name = any($names)
