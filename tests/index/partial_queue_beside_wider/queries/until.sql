select id, title from task where due < $until order by due limit 20
