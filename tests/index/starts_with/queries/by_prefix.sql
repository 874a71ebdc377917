select id, name from album where name ^@ 'Blue'
