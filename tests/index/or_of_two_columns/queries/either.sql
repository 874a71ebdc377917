select id from album where name = $name or released = $released
