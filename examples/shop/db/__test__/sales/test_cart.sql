-- Items of the same product add up; what is not for sale stays out.
do $$
declare
    v_cart uuid := pg_temp.cart();
begin
    assert (sales.cart_total(v_cart)).amount = 105.00;
    assert (sales.cart_total(v_cart)).currency = 'EUR';

    assert sales.add_to_cart(v_cart, row('TEST-BOOK', 1)::shop.cart_item, row('TEST-BOOK', 1)::shop.cart_item) = 1;
    assert (select l.quantity from sales.cart_lines l
             where l.cart_id = v_cart and l.product_id = pg_temp.product('TEST-BOOK')) = 12;

    perform pg_temp.must_fail('SH002', pg_catalog.format(
        'select sales.add_to_cart(%L, row(''NO-SUCH'', 1)::shop.cart_item)', v_cart));

    perform sales.add_to_cart(v_cart, row('TEST-GIFT', 1)::shop.cart_item);
    assert sales.cart_total(v_cart) is null, 'a product without a price makes the total unknown';
end;
$$;
