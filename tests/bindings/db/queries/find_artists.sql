select id, name, born from artist where name like $pattern order by id limit $n-1
