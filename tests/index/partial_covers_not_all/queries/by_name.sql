select id, released from album where name = $name
