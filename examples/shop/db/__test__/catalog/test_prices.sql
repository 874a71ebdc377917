-- A new price ends the one before, and two prices never overlap.
do $$
declare
    v_list integer := (select l.id from catalog.price_lists l where l.is_default);
    v_lamp bigint := pg_temp.product('TEST-LAMP');
begin
    perform catalog.set_price(v_lamp, v_list, 35, pg_catalog.now() + interval '1 day');

    assert catalog.price_at(v_lamp, v_list) = 40;
    assert catalog.price_at(v_lamp, v_list, pg_catalog.now() + interval '1 day') = 35;
    assert catalog.price_at(v_lamp, v_list, pg_catalog.now() - interval '2 years') is null;

    -- Changing one's mind replaces the planned price.
    perform catalog.set_price(v_lamp, v_list, 30, pg_catalog.now() + interval '1 hour');
    assert (select pg_catalog.count(*) from catalog.prices p where p.product_id = v_lamp) = 2;
    assert catalog.price_at(v_lamp, v_list, pg_catalog.now() + interval '2 days') = 30;

    perform pg_temp.must_fail('23P01', pg_catalog.format(
        'insert into catalog.prices (price_list_id, product_id, amount) values (%s, %s, 1)',
        v_list, v_lamp));
end;
$$;
