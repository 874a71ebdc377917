select id from task where queue is not distinct from $queue
