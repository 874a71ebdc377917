-- Prices from prices.csv: only where the price of today is another one.
select catalog.set_price(p.id, l.id, (r.cells[3])::numeric)
  from pg_temp.csv_rows('./seeds/prices.csv') as r
  join catalog.products p on p.sku = r.cells[1]
  join catalog.price_lists l on l.code = r.cells[2]
 where catalog.price_at(p.id, l.id) is distinct from (r.cells[3])::numeric
 order by r.line;
