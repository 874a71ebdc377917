select id, payload from job where priority = $priority order by queued limit 5
