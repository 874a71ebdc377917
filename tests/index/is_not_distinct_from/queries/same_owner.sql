select id from task where owner is not distinct from $owner
