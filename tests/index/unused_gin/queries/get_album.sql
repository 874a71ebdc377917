select name, tags from album where id = $id
