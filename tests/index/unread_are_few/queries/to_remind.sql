select id from message where read is null order by id limit 100
