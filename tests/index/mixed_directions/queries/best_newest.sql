select id, name from player order by score desc, since limit 10
