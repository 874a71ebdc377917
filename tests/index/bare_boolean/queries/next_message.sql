select id, body from message where not handled order by at limit 1 for update skip locked
