select distinct on (customer_id) customer_id, id, placed_at, total from orders order by customer_id, placed_at desc
