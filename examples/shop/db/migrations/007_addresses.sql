-- Addresses of customers; one default for each kind.
create table crm.addresses (
    id          bigint generated always as identity primary key,
    customer_id bigint              not null references crm.customers on delete cascade,
    kind        shop.address_kind   not null,
    recipient   text                not null,
    place       shop.postal_address not null,
    is_default  boolean             not null default false,
    created_at  timestamptz         not null default pg_catalog.now(),
    updated_at  timestamptz         not null default pg_catalog.now(),
    constraint address_is_complete check (
        (place).line1 is not null and (place).city is not null and (place).country is not null)
);

create index addresses_customer_id_idx on crm.addresses (customer_id);
create unique index addresses_one_default_idx on crm.addresses (customer_id, kind) where is_default;
