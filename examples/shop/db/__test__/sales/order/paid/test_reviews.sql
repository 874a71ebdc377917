-- Only who bought may review, and only published reviews count.
do $$
begin
    perform pg_temp.must_fail('SH006', $q$
        insert into sales.reviews (product_id, customer_id, rating)
        values (pg_temp.product('TEST-LAMP'), pg_temp.customer('ben'), 1) $q$);

    insert into sales.reviews (product_id, customer_id, rating, body)
    values (pg_temp.product('TEST-LAMP'), pg_temp.customer('anna'), 4, 'Bright.');
    assert (select r.reviews from catalog.product_ratings r where r.product_id = pg_temp.product('TEST-LAMP')) = 0;

    update sales.reviews set published_at = pg_catalog.now() where customer_id = pg_temp.customer('anna');
    assert (select (s.reviews, s.rating) = (1, 4.00) from catalog.products_on_sale s where s.sku = 'TEST-LAMP');

    delete from sales.reviews where customer_id = pg_temp.customer('anna');
    assert (select s.rating is null from catalog.products_on_sale s where s.sku = 'TEST-LAMP');
end;
$$;
