-- Anna has an address and a cart: two lamps and ten notebooks, 105.00.
insert into crm.addresses (customer_id, kind, recipient, place, is_default)
values (pg_temp.customer('anna'), 'shipping', 'Anna Test',
        row('Prüfweg 1', null, '12345', 'Görlitz', 'DE')::shop.postal_address, true);

select sales.add_to_cart(
           sales.open_cart(pg_temp.customer('anna')),
           row('TEST-LAMP', 2)::shop.cart_item,
           row('TEST-BOOK', 10)::shop.cart_item);

insert into sales.coupons (code, percent_off, max_uses) values ('TEST10', 10, 1);
insert into sales.coupons (code, amount_off, minimum)
values ('TESTFIVE', row(5, 'EUR')::shop.money, 200),
       ('TESTUSD', row(5, 'USD')::shop.money, 0);

create function pg_temp.cart() returns uuid language sql stable
    as $$ select c.id from sales.carts c where c.customer_id = pg_temp.customer('anna') $$;

create function pg_temp.place(p_coupon text default null) returns bigint language sql
    as $$ select sales.place_order(pg_temp.cart(), a.id, p_coupon)
            from crm.addresses a
           where a.customer_id = pg_temp.customer('anna') $$;
