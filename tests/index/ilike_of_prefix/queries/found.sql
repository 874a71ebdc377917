select id from album where name ilike $part || '%'
