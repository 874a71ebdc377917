select id, title from task where state = 'new' order by due limit 10
