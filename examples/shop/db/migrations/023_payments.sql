-- Payments. An order may see several attempts, but only one of them succeeds.
create table sales.payments (
    id          uuid                primary key default pg_catalog.gen_random_uuid(),
    order_id    bigint              not null references sales.orders,
    method      shop.payment_method not null,
    status      shop.payment_status not null default 'pending',
    paid        shop.money          not null,
    provider_reference text         unique,
    failure     text,
    created_at  timestamptz         not null default pg_catalog.now(),
    updated_at  timestamptz         not null default pg_catalog.now(),
    constraint failure_says_why check ((status = 'failed') = (failure is not null))
);

create unique index payments_one_capture_idx on sales.payments (order_id) where status = 'captured';
create index payments_order_id_idx on sales.payments (order_id);
