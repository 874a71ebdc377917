-- A visitor's cart cannot be ordered before it has a customer.
do $$
declare
    v_cart    uuid := sales.open_cart();
    v_address bigint;
begin
    perform sales.add_to_cart(v_cart, row('TEST-BOOK', 1)::shop.cart_item);
    select a.id into strict v_address from crm.addresses a where a.customer_id = pg_temp.customer('anna');

    perform pg_temp.must_fail('SH004', pg_catalog.format('select sales.place_order(%L, %s)', v_cart, v_address));

    -- Nor can Ben have it sent to Anna's address.
    update sales.carts set customer_id = pg_temp.customer('ben') where id = v_cart;
    perform pg_temp.must_fail('P0002', pg_catalog.format('select sales.place_order(%L, %s)', v_cart, v_address));
end;
$$;
