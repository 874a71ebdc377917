select id, subject from ticket where queue = any($queues) order by created limit 10
