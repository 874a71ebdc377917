update product p set price = l.price from import_line l where l.sku = p.sku and l.batch = $batch
