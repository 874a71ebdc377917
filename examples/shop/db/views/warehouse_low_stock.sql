-- Products that are about to run out, and who could deliver them soonest.
create or replace view warehouse.low_stock as
select p.id as product_id,
       p.sku,
       p.name,
       coalesce(pg_catalog.sum(s.available), 0) as available,
       supplier.name      as supplier,
       supplier.lead_time
  from catalog.products p
  left join warehouse.stock s on s.product_id = p.id
  left join lateral (
       select su.name, sp.lead_time
         from warehouse.supplier_products sp
         join warehouse.suppliers su on su.id = sp.supplier_id
        where sp.product_id = p.id
        order by sp.lead_time, su.id
        limit 1) as supplier on true
 where p.retired_at is null
 group by p.id, supplier.name, supplier.lead_time
having coalesce(pg_catalog.sum(s.available), 0) < 5;
