select id, name from album where $tag = any (tags)
