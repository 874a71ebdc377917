-- Coupons: a percentage, a minimum, a currency, a number of uses.
do $$
declare
    v_id    bigint;
    v_order sales.orders;
begin
    perform pg_temp.must_fail('SH003', $q$ select pg_temp.place('NOPE') $q$);
    perform pg_temp.must_fail('SH003', $q$ select pg_temp.place('TESTFIVE') $q$);
    perform pg_temp.must_fail('SH003', $q$ select pg_temp.place('TESTUSD') $q$);

    v_id := pg_temp.place('test10');
    select o.* into strict v_order from sales.orders o where o.id = v_id;
    assert v_order.discount = 10.50;
    assert v_order.total = 94.50;

    perform pg_temp.must_fail('SH003', $q$ select sales.coupon_discount('TEST10', 100, 'EUR') $q$);
    perform pg_temp.must_fail('23514', $q$ insert into sales.coupons (code) values ('TESTNOTHING') $q$);
end;
$$;
