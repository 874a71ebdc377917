select id from album where id = $0
