select id, payload from job where status in ('ready', 'retry') order by priority desc, id limit 1 for update skip locked
