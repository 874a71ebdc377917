select id, name from artist where name = $name
