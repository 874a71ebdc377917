select from album where id = $id
