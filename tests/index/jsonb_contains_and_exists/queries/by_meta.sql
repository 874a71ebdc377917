select id, name from album where meta @> $meta
