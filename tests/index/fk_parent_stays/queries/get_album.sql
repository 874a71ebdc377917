select artist, name from album where id = $id
