select id, payload from job where status = 'ready' order by priority desc, id limit 1 for update skip locked
