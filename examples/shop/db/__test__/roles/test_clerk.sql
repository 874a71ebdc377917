-- A clerk can sell from the cart to the payment, and nothing that is not selling.
set local role shop_clerk;

do $$
declare
    v_ben   bigint := pg_temp.customer('ben');
    v_cart  uuid := sales.open_cart(v_ben);
    v_order bigint;
begin
    assert current_user = 'shop_clerk';

    perform sales.add_to_cart(v_cart, row('TEST-LAMP', 1)::shop.cart_item);
    select sales.place_order(v_cart, a.id) into strict v_order
      from crm.addresses a
     where a.customer_id = v_ben;
    perform sales.record_payment(v_order, 'card', 'test-clerk');

    assert (select o.total from sales.orders o where o.id = v_order) = 52.50;

    perform pg_temp.must_fail('42501', 'delete from sales.orders');
    perform pg_temp.must_fail('42501', 'update catalog.prices set amount = 0');
    perform pg_temp.must_fail('42501', 'select from audit.log');
    perform pg_temp.must_fail('42501', 'select catalog.set_price(1, 1, 1)');
end;
$$;

reset role;
