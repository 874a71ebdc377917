select id from album where released::text = $released
