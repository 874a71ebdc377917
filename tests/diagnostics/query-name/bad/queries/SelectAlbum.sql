select id, name, released from album where id = $id
