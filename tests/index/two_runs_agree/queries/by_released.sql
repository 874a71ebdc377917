select id, format from album where released = $released
