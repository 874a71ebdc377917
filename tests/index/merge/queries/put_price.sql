merge into product p using (values ($sku::text, $price::numeric)) as v (sku, price) on p.sku = v.sku
when matched then update set price = v.price
when not matched then insert (sku, price) values (v.sku, v.price)
