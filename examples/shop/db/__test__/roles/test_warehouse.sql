-- Warehouse staff ship what is paid, and cannot change what it cost.
do $$
declare
    v_cart    uuid := sales.open_cart(pg_temp.customer('ben'));
    v_order   bigint;
    v_parcels integer;
begin
    perform sales.add_to_cart(v_cart, row('TEST-BOOK', 3)::shop.cart_item);
    select sales.place_order(v_cart, a.id) into strict v_order
      from crm.addresses a
     where a.customer_id = pg_temp.customer('ben');
    perform sales.record_payment(v_order, 'transfer', 'test-warehouse');

    set local role shop_warehouse;
    call sales.ship_order(v_order, 'Test parcels', v_parcels);
    assert v_parcels = 1;
    perform pg_temp.must_fail('42501', 'update sales.orders set discount = 0');
    reset role;
end;
$$;
