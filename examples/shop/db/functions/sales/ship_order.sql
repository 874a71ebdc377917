-- Packs and ships a paid order, one parcel for each location its lines are reserved
-- at: reservations become movements. Tells how many parcels there are.
create or replace procedure sales.ship_order(
    in    p_order_id bigint,
    in    p_carrier  text,
    inout p_parcels  integer default null)
language plpgsql
as $$
declare
    v_location_id integer;
    v_shipment_id bigint;
begin
    update sales.orders o set status = 'packed' where o.id = p_order_id;

    p_parcels := 0;
    for v_location_id in
        select distinct l.location_id
          from sales.order_lines l
         where l.order_id = p_order_id
         order by l.location_id
    loop
        insert into sales.shipments (order_id, location_id, status, carrier, handed_over_at)
        values (p_order_id, v_location_id, 'handed_over', p_carrier, pg_catalog.now())
        returning id into v_shipment_id;

        insert into sales.shipment_lines (shipment_id, order_id, line_number, quantity)
        select v_shipment_id, l.order_id, l.line_number, l.quantity
          from sales.order_lines l
         where l.order_id = p_order_id
           and l.location_id = v_location_id;

        perform warehouse.release(l.location_id, l.product_id, l.quantity)
           from sales.order_lines l
          where l.order_id = p_order_id
            and l.location_id = v_location_id;

        insert into warehouse.stock_movements (location_id, product_id, quantity, reason, reference)
        select l.location_id, l.product_id, -l.quantity, 'sale', 'shipment ' || v_shipment_id
          from sales.order_lines l
         where l.order_id = p_order_id
           and l.location_id = v_location_id;

        p_parcels := p_parcels + 1;
    end loop;

    update sales.orders o set status = 'shipped' where o.id = p_order_id;
end;
$$;
