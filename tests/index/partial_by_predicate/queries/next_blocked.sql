select id, title from task where state = 'blocked' order by due limit 10
