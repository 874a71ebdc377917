-- Orders. Address and currency are copied: an order shows what was agreed on,
-- whatever happens to the customer's data later.
create table sales.orders (
    id           bigint generated always as identity primary key,
    customer_id  bigint              not null references crm.customers,
    cart_id      uuid                unique references sales.carts on delete set null,
    status       shop.order_status   not null default 'placed',
    ship_to      shop.postal_address not null,
    currency     shop.currency       not null,
    subtotal     shop.amount         not null default 0,
    discount     shop.amount         not null default 0,
    shipping_fee shop.amount         not null default 0,
    total        numeric(12, 2)      not null generated always as (subtotal - discount + shipping_fee) stored,
    note         text,
    placed_at    timestamptz         not null default pg_catalog.now(),
    updated_at   timestamptz         not null default pg_catalog.now(),
    constraint discount_within_subtotal check (discount <= subtotal)
);

create index orders_customer_id_idx on sales.orders (customer_id, placed_at desc);
