select id, released from album order by name limit 10
