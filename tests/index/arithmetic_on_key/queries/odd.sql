select name from album where id + 0 = $id
