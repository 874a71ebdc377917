select * from task where deleted is null and state <> 'done'
