select id, title from task where state = 'open' order by due limit 10
