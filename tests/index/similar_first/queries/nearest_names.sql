select id, name from album order by name <-> $name limit 10
