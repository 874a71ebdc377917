select id, title from task where owner = $owner order by due limit 10
