-- Opens a cart for a customer, or for a visitor when no customer is given.
create or replace function sales.open_cart(
    p_customer_id bigint default null,
    p_price_list  shop.slug default null)
returns uuid
language sql
as $$
    insert into sales.carts (customer_id, price_list_id)
    select p_customer_id, l.id
      from catalog.price_lists l
     where case when p_price_list is null then l.is_default else l.code = p_price_list end
    returning id;
$$;

-- Puts items into a cart; a product that is there already adds up.
-- Returns how many lines were written.
create or replace function sales.add_to_cart(p_cart_id uuid, variadic p_items shop.cart_item[])
returns integer
language plpgsql
as $$
declare
    v_unknown text;
    v_lines   integer;
begin
    if not exists (select from sales.carts c where c.id = p_cart_id and c.ordered_at is null) then
        raise exception 'no open cart %', p_cart_id using errcode = 'no_data_found';
    end if;

    select pg_catalog.string_agg(i.sku, ', ' order by i.sku)
      into v_unknown
      from pg_catalog.unnest(p_items) as i
     where not exists (
           select from catalog.products p where p.sku = i.sku and p.retired_at is null);

    if v_unknown is not null then
        raise exception 'not for sale: %', v_unknown using errcode = 'SH002';
    end if;

    insert into sales.cart_lines as l (cart_id, product_id, quantity)
    select p_cart_id, p.id, pg_catalog.sum(i.quantity)
      from pg_catalog.unnest(p_items) as i
      join catalog.products p on p.sku = i.sku
     group by p.id
    on conflict (cart_id, product_id) do update set quantity = l.quantity + excluded.quantity;

    get diagnostics v_lines = row_count;
    return v_lines;
end;
$$;

-- What the cart costs now. Null when one of its products has no price.
create or replace function sales.cart_total(p_cart_id uuid)
returns shop.money
language sql
stable
as $$
    select case
               when pg_catalog.count(*) = pg_catalog.count(price.amount) then
                   row(coalesce(pg_catalog.sum(l.quantity * price.amount), 0), pl.currency)::shop.money
           end
      from sales.carts c
      join catalog.price_lists pl on pl.id = c.price_list_id
      join sales.cart_lines l on l.cart_id = c.id
     cross join lateral catalog.price_at(l.product_id, c.price_list_id) as price (amount)
     where c.id = p_cart_id
     group by pl.currency;
$$;

-- Deletes carts nobody came back to. A procedure, for it commits after each batch:
-- call it outside a transaction block.
create or replace procedure sales.expire_carts(p_idle interval, p_batch integer default 1000)
language plpgsql
as $$
declare
    v_deleted integer;
begin
    loop
        delete from sales.carts c
         where c.id in (
               select old.id
                 from sales.carts old
                where old.ordered_at is null
                  and old.updated_at < pg_catalog.now() - p_idle
                limit p_batch
                  for update skip locked);
        get diagnostics v_deleted = row_count;
        commit;
        exit when v_deleted < p_batch;
    end loop;
end;
$$;
