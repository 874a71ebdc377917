-- Shipping turns reservations into movements.
do $$
declare
    v_parcels integer;
begin
    call sales.ship_order(pg_temp.the_order(), 'Test parcels', v_parcels);

    assert v_parcels = 1;
    assert (select o.status from sales.orders o where o.id = pg_temp.the_order()) = 'shipped';
    assert (select (s.on_hand, s.reserved) = (3, 0) from warehouse.stock s
             where s.product_id = pg_temp.product('TEST-LAMP'));
    assert (select pg_catalog.count(*)
              from sales.shipments sh
              join sales.shipment_lines l on l.shipment_id = sh.id
             where sh.order_id = pg_temp.the_order()) = 2;
end;
$$;
