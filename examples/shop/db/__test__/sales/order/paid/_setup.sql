-- Anna has paid.
select sales.record_payment(pg_temp.the_order(), 'card', 'test-paid');
