select id from album where id = ${id}
