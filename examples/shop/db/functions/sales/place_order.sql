-- Makes an order of a cart: prices are fixed, stock is reserved, the coupon is
-- redeemed, the cart is closed. All or nothing, as any statement.
--
--   SH001  out of stock             SH003  the coupon cannot be used
--   SH002  a product has no price   SH004  the cart is empty, unknown or ordered already
create or replace function sales.place_order(
    p_cart_id    uuid,
    p_address_id bigint,
    p_coupon     text default null,
    p_note       text default null)
returns bigint
language plpgsql
as $$
declare
    v_cart     record;
    v_place    shop.postal_address;
    v_line     record;
    v_order_id bigint;
    v_subtotal numeric := 0;
    v_discount numeric := 0;
    v_number   integer := 0;
begin
    select c.id, c.customer_id, c.price_list_id, pl.currency
      into v_cart
      from sales.carts c
      join catalog.price_lists pl on pl.id = c.price_list_id
     where c.id = p_cart_id
       and c.ordered_at is null
       and c.customer_id is not null
       for update of c;

    if not found then
        raise exception 'cart % cannot be ordered', p_cart_id
            using errcode = 'SH004',
                  hint = 'It is unknown, has been ordered, or belongs to no customer yet.';
    end if;

    select (a.place).line1, (a.place).line2, (a.place).postal_code, (a.place).city, (a.place).country
      into strict v_place
      from crm.addresses a
     where a.id = p_address_id
       and a.customer_id = v_cart.customer_id;

    insert into sales.orders (customer_id, cart_id, ship_to, currency, note)
    values (v_cart.customer_id, v_cart.id, v_place, v_cart.currency, p_note)
    returning id into v_order_id;

    -- In order of the products, so that two orders cannot wait for each other.
    for v_line in
        select l.product_id, l.quantity, p.name,
               catalog.price_at(l.product_id, v_cart.price_list_id) as unit_price
          from sales.cart_lines l
          join catalog.products p on p.id = l.product_id
         where l.cart_id = p_cart_id
         order by l.product_id
    loop
        if v_line.unit_price is null then
            raise exception 'product "%" has no price', v_line.name using errcode = 'SH002';
        end if;

        v_number := v_number + 1;
        v_subtotal := v_subtotal + v_line.quantity * v_line.unit_price;

        insert into sales.order_lines
            (order_id, line_number, product_id, product_name, quantity, unit_price, location_id)
        values
            (v_order_id, v_number, v_line.product_id, v_line.name, v_line.quantity, v_line.unit_price,
             warehouse.reserve(v_line.product_id, v_line.quantity));
    end loop;

    if v_number = 0 then
        raise exception 'cart % is empty', p_cart_id using errcode = 'SH004';
    end if;

    if p_coupon is not null then
        v_discount := sales.coupon_discount(p_coupon, v_subtotal, v_cart.currency);
        insert into sales.coupon_redemptions (order_id, coupon_code, discount)
        values (v_order_id, pg_catalog.upper(p_coupon), v_discount);
    end if;

    update sales.orders o
       set subtotal = v_subtotal,
           discount = v_discount,
           shipping_fee = sales.shipping_fee(v_subtotal - v_discount, (v_place).country)
     where o.id = v_order_id;

    update sales.carts c set ordered_at = pg_catalog.now() where c.id = p_cart_id;

    return v_order_id;
end;
$$;
