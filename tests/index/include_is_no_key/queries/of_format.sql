select id, name from album where format = $format order by name limit 20
