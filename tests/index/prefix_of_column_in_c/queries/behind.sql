select id from part where code > $code order by code limit 10
