update job set state = 'running' where id = (
  select id from job where state = 'pending' order by created limit 1 for update skip locked
) returning id, payload
