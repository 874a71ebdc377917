-- A reader reads, and changes nothing.
set local role shop_reader;

do $$
begin
    assert (select pg_catalog.count(*) from crm.customer_overview v where v.id = pg_temp.customer('ben')) = 1;
    assert exists (select from catalog.search_products('zeugmatic'));

    perform pg_temp.must_fail('42501', 'insert into crm.customers (email, given_name, display_name) values (''x@y'', ''x'', ''x'')');
    perform pg_temp.must_fail('42501', 'update sales.orders set note = null');
    perform pg_temp.must_fail('42501', 'select sales.open_cart()');
end;
$$;

reset role;
