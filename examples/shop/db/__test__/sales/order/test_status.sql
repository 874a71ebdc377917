-- An order goes its way step by step, and the steps are remembered.
do $$
begin
    perform pg_temp.must_fail('SH005', 'update sales.orders set status = ''shipped'' where id = pg_temp.the_order()');

    update sales.orders set status = 'paid' where id = pg_temp.the_order();
    update sales.orders set status = 'packed' where id = pg_temp.the_order();

    assert (select pg_catalog.array_agg(h.new_status order by h.changed_at)
              from sales.order_status_history h
             where h.order_id = pg_temp.the_order()) = '{placed,paid,packed}'::shop.order_status[];

    perform pg_temp.must_fail('SH005', 'select sales.cancel_order(pg_temp.the_order())');
end;
$$;
