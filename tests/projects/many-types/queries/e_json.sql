select json_agg(p order by p.id) as parts, $1::shop.size as size from shop.part as p
