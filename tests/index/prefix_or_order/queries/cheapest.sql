select sku from product where lower(sku) like $pattern order by price limit 5
