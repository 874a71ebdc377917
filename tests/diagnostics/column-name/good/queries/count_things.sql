select id, 2 * id as twice from album
