select id, page from visit where at::date = $day
