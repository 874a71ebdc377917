select id from album where id = $2
