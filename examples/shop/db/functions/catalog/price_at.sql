-- The price of a product in a price list at a moment; no row: not for sale then.
create or replace function catalog.price_at(
    p_product_id    bigint,
    p_price_list_id integer,
    p_at            timestamptz default pg_catalog.now())
returns numeric
language sql
stable
begin atomic
    select p.amount::numeric
      from catalog.prices p
     where p.product_id = p_product_id
       and p.price_list_id = p_price_list_id
       and p.valid_during @> p_at;
end;
