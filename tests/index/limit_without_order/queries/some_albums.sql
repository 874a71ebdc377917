select id, name from album limit 10
