-- The view for the packing table shows the order until it is gone.
do $$
declare
    v_open sales.open_orders;
begin
    select o.* into strict v_open from sales.open_orders o where o.id = pg_temp.the_order();
    assert v_open.customer = 'Anna Test';
    assert v_open.pieces = 12;
    assert v_open.country = 'DE';

    perform sales.cancel_order(pg_temp.the_order());
    assert not exists (select from sales.open_orders o where o.id = pg_temp.the_order());
end;
$$;
