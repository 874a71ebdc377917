select id from album where id = $1
