-- An order copies prices and address, reserves stock and closes the cart.
do $$
declare
    v_id    bigint := pg_temp.place();
    v_order sales.orders;
begin
    select o.* into strict v_order from sales.orders o where o.id = v_id;

    assert v_order.status = 'placed';
    assert v_order.number like 'SO-%';
    assert (v_order.subtotal, v_order.discount, v_order.shipping_fee, v_order.total) = (105, 0, 0, 105);
    assert (v_order.ship_to).city = 'Görlitz';
    assert (select pg_catalog.sum(l.line_total) from sales.order_lines l where l.order_id = v_id) = 105;
    assert (select s.available from warehouse.stock s
             where s.product_id = pg_temp.product('TEST-LAMP')) = 3;
    assert (select c.ordered_at is not null from sales.carts c where c.id = v_order.cart_id);

    perform pg_temp.must_fail('SH004', 'select pg_temp.place()');
end;
$$;
