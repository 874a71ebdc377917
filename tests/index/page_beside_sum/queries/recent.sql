select id, total from orders where customer_id = $c order by placed_at desc limit 20
