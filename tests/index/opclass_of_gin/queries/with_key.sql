select id from album where meta ? $key
