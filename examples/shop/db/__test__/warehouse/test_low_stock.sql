-- What runs out is listed, with the fastest supplier if there is any.
do $$
declare
    v_gift warehouse.low_stock;
begin
    assert not exists (select from warehouse.low_stock s where s.sku = 'TEST-LAMP');

    select s.* into strict v_gift from warehouse.low_stock s where s.sku = 'TEST-GIFT';
    assert v_gift.available = 0 and v_gift.supplier is null;

    insert into warehouse.suppliers (name) values ('Slow test supplier'), ('Fast test supplier');
    insert into warehouse.supplier_products (supplier_id, product_id, supplier_sku, cost, lead_time)
    select s.id, pg_temp.product('TEST-GIFT'), 'G1', row(1, 'EUR')::shop.money,
           case when s.name like 'Fast%' then interval '1 day' else interval '20 days' end
      from warehouse.suppliers s
     where s.name like '% test supplier';

    assert (select s.supplier from warehouse.low_stock s where s.sku = 'TEST-GIFT') = 'Fast test supplier';
end;
$$;
