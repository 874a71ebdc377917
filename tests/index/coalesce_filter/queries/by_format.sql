select id, name from album where format = coalesce($format, format)
