-- An order that cannot be filled leaves no trace.
do $$
declare
    v_orders bigint := (select pg_catalog.count(*) from sales.orders);
begin
    perform sales.add_to_cart(pg_temp.cart(), row('TEST-LAMP', 4)::shop.cart_item);
    perform pg_temp.must_fail('SH001', 'select pg_temp.place()');

    assert (select pg_catalog.count(*) from sales.orders) = v_orders;
    assert (select s.reserved from warehouse.stock s
             where s.product_id = pg_temp.product('TEST-BOOK')) = 0;
end;
$$;
