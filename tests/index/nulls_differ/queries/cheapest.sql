select id, title from listing order by price limit 10
