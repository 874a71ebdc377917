-- Domains refuse what is not what their name says.
do $$
begin
    perform pg_temp.must_fail('23514', $q$ select 'nobody'::shop.email $q$);
    perform pg_temp.must_fail('23514', $q$ select 'a b@c'::shop.email $q$);
    perform pg_temp.must_fail('23514', $q$ select 'lower-case'::shop.sku $q$);
    perform pg_temp.must_fail('23514', $q$ select 'TRAILING-'::shop.sku $q$);
    perform pg_temp.must_fail('23514', $q$ select 'euro'::shop.currency $q$);
    perform pg_temp.must_fail('23514', $q$ select 0::shop.quantity $q$);
    perform pg_temp.must_fail('23514', $q$ select 101::shop.percentage $q$);
    perform pg_temp.must_fail('23514', $q$ select (-0.01)::shop.amount $q$);

    assert 'x@y'::shop.email is not null;
    assert 12.345::shop.amount = 12.35, 'amounts are rounded to cents';
end;
$$;
