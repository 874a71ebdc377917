-- A coupon takes off a percentage or an amount, never both.
create table sales.coupons (
    code         text            primary key check (code = pg_catalog.upper(code)),
    percent_off  shop.percentage,
    amount_off   shop.money,
    valid_on     daterange       not null default '[,)',
    max_uses     integer         check (max_uses > 0),
    minimum      shop.amount     not null default 0,
    created_at   timestamptz     not null default pg_catalog.now(),
    constraint coupon_takes_off_one_thing check (
        (percent_off is null) <> ((amount_off).amount is null)),
    constraint amount_off_has_a_currency check (
        ((amount_off).amount is null) = ((amount_off).currency is null))
);
