select id from album where name = 'Blue'
