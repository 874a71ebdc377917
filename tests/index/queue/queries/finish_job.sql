update job set state = 'done' where id = $id
