select id, name from album where code = $code
