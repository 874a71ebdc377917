select id, artist, name, released from album where released >= $since order by id
