-- A few orders, placed the way the application places them; only in an empty shop.
do $$
declare
    v_order record;
    v_cart  uuid;
    v_id    bigint;
begin
    if exists (select from sales.orders) then
        return;
    end if;

    for v_order in
        select c.id as customer_id, a.id as address_id, w.items, w.coupon, w.paid
          from (values
                ('ada@example.org', array[('KNF-CHEF-20', 1), ('PAP-A4-500', 10)]::shop.cart_item[], 'WELCOME10', true),
                ('ada@example.org', array[('GRD-TROWEL', 1)]::shop.cart_item[], null, false),
                ('bruno@example.org', array[('PAN-IRON-28', 1), ('POT-STEEL-5L', 2)]::shop.cart_item[], 'FIVER', true),
                ('chiyo@example.org', array[('PEN-FTN-M', 2), ('INK-BLUE-50', 3)]::shop.cart_item[], null, true)
               ) as w (email, items, coupon, paid)
          join crm.customers c on c.email = w.email
          join crm.addresses a on a.customer_id = c.id and a.kind = 'shipping' and a.is_default
         order by w.email, w.coupon
    loop
        v_cart := sales.open_cart(v_order.customer_id);
        perform sales.add_to_cart(v_cart, variadic v_order.items);
        v_id := sales.place_order(v_cart, v_order.address_id, v_order.coupon);
        if v_order.paid then
            perform sales.record_payment(v_id, 'card', 'seed-' || v_id);
        end if;
    end loop;
end;
$$;
