select id, name from album where id = $id
