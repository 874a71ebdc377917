select id from album
