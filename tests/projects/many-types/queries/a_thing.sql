select * from shop.thing where id = $id and code = $code
