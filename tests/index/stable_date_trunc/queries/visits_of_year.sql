select id, page from visit where date_trunc('year', at) = $year
