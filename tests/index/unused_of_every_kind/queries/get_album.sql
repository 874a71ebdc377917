select name, released from album where id = $id
