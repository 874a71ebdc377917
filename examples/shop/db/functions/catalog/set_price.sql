-- Gives a product a new price from a moment on: the price before ends at that
-- moment, prices that were planned for later go.
create or replace function catalog.set_price(
    p_product_id    bigint,
    p_price_list_id integer,
    p_amount        shop.amount,
    p_from          timestamptz default pg_catalog.now())
returns bigint
language plpgsql
as $$
declare
    v_price_id bigint;
begin
    delete from catalog.prices p
     where p.product_id = p_product_id
       and p.price_list_id = p_price_list_id
       and pg_catalog.lower(p.valid_during) >= p_from;

    update catalog.prices p
       set valid_during = pg_catalog.tstzrange(pg_catalog.lower(p.valid_during), p_from)
     where p.product_id = p_product_id
       and p.price_list_id = p_price_list_id
       and p.valid_during @> p_from;

    insert into catalog.prices (price_list_id, product_id, amount, valid_during)
    values (p_price_list_id, p_product_id, p_amount, pg_catalog.tstzrange(p_from, null))
    returning id into v_price_id;

    return v_price_id;
end;
$$;
