select id, name from album order by released desc, id limit 10
