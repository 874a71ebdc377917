select id from album where id = $albumId or id > $albumid
