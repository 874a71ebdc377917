-- What a coupon takes off a subtotal. Raises an error when it cannot be used.
-- The row of the coupon is locked, so that the last use is not used twice.
create or replace function sales.coupon_discount(
    p_code     text,
    p_subtotal numeric,
    p_currency shop.currency)
returns numeric
language plpgsql
as $$
declare
    v_coupon sales.coupons;
    v_uses   bigint;
begin
    select c.* into v_coupon
      from sales.coupons c
     where c.code = pg_catalog.upper(p_code)
       for update;

    if not found or not v_coupon.valid_on @> current_date then
        raise exception 'coupon % is not valid', p_code using errcode = 'SH003';
    end if;

    if p_subtotal < v_coupon.minimum then
        raise exception 'coupon % needs an order of at least %', p_code, v_coupon.minimum
            using errcode = 'SH003';
    end if;

    select pg_catalog.count(*) into v_uses
      from sales.coupon_redemptions r
     where r.coupon_code = v_coupon.code;

    if v_uses >= v_coupon.max_uses then
        raise exception 'coupon % is used up', p_code using errcode = 'SH003';
    end if;

    if v_coupon.percent_off is not null then
        return pg_catalog.round(p_subtotal * v_coupon.percent_off / 100, 2);
    end if;

    if (v_coupon.amount_off).currency <> p_currency then
        raise exception 'coupon % is in %', p_code, (v_coupon.amount_off).currency
            using errcode = 'SH003';
    end if;

    return least((v_coupon.amount_off).amount, p_subtotal);
end;
$$;
