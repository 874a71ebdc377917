-- A point for each euro; the level follows from the points.
do $$
begin
    assert (select (c.loyalty_points, c.loyalty_level) = (105, 'basic')
              from crm.customers c where c.id = pg_temp.customer('anna'));

    update crm.customers set loyalty_points = 1000 where id = pg_temp.customer('anna');
    assert (select c.loyalty_level from crm.customers c where c.id = pg_temp.customer('anna')) = 'gold';

    assert (select (v.orders, v.spent) = (1, 105)
              from crm.customer_overview v where v.id = pg_temp.customer('anna'));
    assert (select (v.orders, v.spent) = (0, 0) and v.last_order_at is null
              from crm.customer_overview v where v.id = pg_temp.customer('ben'));
end;
$$;
