select id from job where status = 'ready' and run_at <= now() order by priority desc, id limit 1 for update skip locked
