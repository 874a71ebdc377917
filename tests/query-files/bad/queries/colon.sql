select name from album where id = :1
