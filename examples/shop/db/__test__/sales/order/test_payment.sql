-- A failed attempt changes nothing; a captured one pays the order, once.
do $$
declare
    v_payment sales.payments;
begin
    v_payment := sales.record_payment(pg_temp.the_order(), 'card', 'test-1', 'card declined');
    assert v_payment.status = 'failed';
    assert (select o.status from sales.orders o where o.id = pg_temp.the_order()) = 'placed';

    v_payment := sales.record_payment(pg_temp.the_order(), 'wallet', 'test-2');
    assert shop.format_money(v_payment.paid) = '105.00 EUR';
    assert (select o.status from sales.orders o where o.id = pg_temp.the_order()) = 'paid';

    perform pg_temp.must_fail('23505', $q$ select sales.record_payment(pg_temp.the_order(), 'card', 'test-3') $q$);
end;
$$;
