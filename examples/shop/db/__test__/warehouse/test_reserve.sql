-- Reservations lower what is available; a closed location is not asked.
do $$
declare
    v_lamp   bigint := pg_temp.product('TEST-LAMP');
    v_main   integer := (select l.id from warehouse.locations l where l.code = 'main');
    v_second integer;
begin
    insert into warehouse.locations (code, name) values ('test-second', 'Second') returning id into v_second;
    insert into warehouse.stock_movements (location_id, product_id, quantity, reason)
    values (v_second, v_lamp, 9, 'receipt');

    assert warehouse.reserve(v_lamp, 3) = v_second, 'taken from where most is';
    assert warehouse.reserve(v_lamp, 6) = v_second;
    assert warehouse.reserve(v_lamp, 2) = v_main;
    assert (select s.available from warehouse.stock s
             where s.location_id = v_main and s.product_id = v_lamp) = 3;

    perform warehouse.release(v_main, v_lamp, 2);
    update warehouse.locations set closed = true where id = v_main;
    perform pg_temp.must_fail('SH001', pg_catalog.format('select warehouse.reserve(%s, 1)', v_lamp));
end;
$$;
