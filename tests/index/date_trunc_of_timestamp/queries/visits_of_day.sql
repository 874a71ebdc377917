select id, page from visit where date_trunc('day', at) = $day
