-- Movements add up to the stock, never below nothing, and are never changed.
do $$
declare
    v_lamp bigint := pg_temp.product('TEST-LAMP');
    v_main integer := (select l.id from warehouse.locations l where l.code = 'main');
begin
    insert into warehouse.stock_movements (location_id, product_id, quantity, reason)
    values (v_main, v_lamp, -2, 'correction'),
           (v_main, v_lamp, 4, 'receipt');

    assert (select s.on_hand from warehouse.stock s
             where s.location_id = v_main and s.product_id = v_lamp) = 7;

    perform pg_temp.must_fail('23514', pg_catalog.format(
        'insert into warehouse.stock_movements (location_id, product_id, quantity, reason)
         values (%s, %s, -8, ''sale'')', v_main, v_lamp));
    perform pg_temp.must_fail('23001', 'delete from warehouse.stock_movements');
end;
$$;
