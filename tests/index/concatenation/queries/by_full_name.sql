select id from person where first_name || ' ' || last_name = $full_name
