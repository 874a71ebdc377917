select sum(total) as s from orders where customer_id = $c
