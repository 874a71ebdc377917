select id from line where ($purchase::int8 is null or purchase = $purchase) and sku = $sku
