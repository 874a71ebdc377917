-- Which order used which coupon: at most one each.
create table sales.coupon_redemptions (
    order_id    bigint      primary key references sales.orders on delete cascade,
    coupon_code text        not null references sales.coupons,
    discount    shop.amount not null,
    redeemed_at timestamptz not null default pg_catalog.now()
);

create index coupon_redemptions_coupon_code_idx on sales.coupon_redemptions (coupon_code);
