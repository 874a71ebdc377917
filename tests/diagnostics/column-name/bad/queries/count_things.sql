select id, 2 * id from album
