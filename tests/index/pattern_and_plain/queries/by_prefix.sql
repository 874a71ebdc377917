select id, name from album where name like 'Blue%'
