select id from reading where value > (select avg(value) from reading)
