select id from coin where code = $code
