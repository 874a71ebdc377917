select id, name from album where released >= $since order by released limit 20
