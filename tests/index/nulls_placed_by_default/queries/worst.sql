select id, name from player order by score limit 10
