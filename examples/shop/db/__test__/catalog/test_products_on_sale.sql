-- Only products with a price of today are on sale; ratings and pictures are optional.
do $$
declare
    v_lamp catalog.products_on_sale;
begin
    select s.* into strict v_lamp from catalog.products_on_sale s where s.sku = 'TEST-LAMP';

    assert v_lamp.amount = 40;
    assert v_lamp.in_stock;
    assert v_lamp.reviews = 0 and v_lamp.rating is null;
    assert v_lamp.image_url is null;
    assert not exists (select from catalog.products_on_sale s where s.sku = 'TEST-GIFT');
end;
$$;
