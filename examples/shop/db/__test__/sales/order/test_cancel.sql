-- Cancelling gives back stock and money.
do $$
begin
    perform sales.record_payment(pg_temp.the_order(), 'card', 'test-cancel');
    perform sales.cancel_order(pg_temp.the_order());

    assert (select o.status from sales.orders o where o.id = pg_temp.the_order()) = 'cancelled';
    assert (select pg_catalog.sum(s.reserved) from warehouse.stock s
             where s.product_id in (pg_temp.product('TEST-LAMP'), pg_temp.product('TEST-BOOK'))) = 0;
    assert (select p.status from sales.payments p where p.provider_reference = 'test-cancel') = 'refunded';
end;
$$;
