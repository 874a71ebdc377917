select id, name from album where name > $after order by name limit 20
