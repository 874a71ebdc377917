-- The search finds stems, ranks a hit in the name first, and hides retired products.
do $$
declare
    v_found text[];
begin
    update catalog.products set description = 'Goes with a zeugmatic lamp.' where sku = 'TEST-BOOK';

    select pg_catalog.array_agg(s.sku::text order by s.rank desc) into v_found
      from catalog.search_products('zeugmatic lamps') as s;
    if v_found <> array['TEST-LAMP', 'TEST-BOOK'] then
        raise exception 'found %', v_found;
    end if;

    update catalog.products set retired_at = pg_catalog.now() where sku = 'TEST-LAMP';
    assert (select pg_catalog.count(*) from catalog.search_products('zeugmatic lamp')) = 1;
end;
$$;
