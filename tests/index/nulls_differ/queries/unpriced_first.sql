select id, title from listing order by price nulls first limit 10
