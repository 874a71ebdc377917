select id, name from album where tags @> $tags
