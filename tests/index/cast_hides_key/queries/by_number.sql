select name from album where id = $id::numeric
