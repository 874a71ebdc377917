select id, name from player order by score desc nulls last limit 10
