select id, name from album where name ilike '%' || $part || '%'
