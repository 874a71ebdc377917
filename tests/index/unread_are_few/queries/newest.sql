select id, body, read from message where reader = $reader order by sent desc limit 50
