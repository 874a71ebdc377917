-- The first delivery, from stock.csv, once for each product and location.
insert into warehouse.stock_movements (location_id, product_id, quantity, reason, reference)
select l.id, p.id, (r.cells[3])::integer, 'receipt', coalesce(nullif(r.cells[4], ''), 'seed')
  from pg_temp.csv_rows('./seeds/stock.csv') as r
  join catalog.products p on p.sku = r.cells[1]
  join warehouse.locations l on l.code = r.cells[2]
 where not exists (
       select
         from warehouse.stock s
        where s.location_id = l.id
          and s.product_id = p.id)
 order by r.line;
