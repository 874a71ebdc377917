select id, page from visit where (at at time zone 'UTC')::date = $day
