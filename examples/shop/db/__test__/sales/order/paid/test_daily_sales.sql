-- The report sees an order after it was refreshed.
do $$
declare
    v_day    date := (pg_catalog.now() at time zone 'UTC')::date;
    v_before numeric;
    v_after  numeric;
begin
    select coalesce(pg_catalog.sum(o.total), 0) into v_before
      from sales.orders o
     where o.id <> pg_temp.the_order()
       and o.status <> 'cancelled'
       and o.currency = 'EUR'
       and (o.placed_at at time zone 'UTC')::date = v_day;

    call report.refresh_daily_sales();

    select d.revenue into strict v_after
      from report.daily_sales d
     where d.day = v_day
       and d.currency = 'EUR';
    assert v_after = v_before + 105;
    assert exists (select from report.best_sellers b where b.product_id = pg_temp.product('TEST-LAMP'));
end;
$$;
