select id, name, released, mood from album where id = $id
