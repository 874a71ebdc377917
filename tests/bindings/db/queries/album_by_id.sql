select id, artist, name, released from album where id = $id
