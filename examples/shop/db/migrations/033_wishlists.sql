-- Wish lists, shared by a link when the customer wants to.
create table crm.wishlists (
    id          uuid        primary key default pg_catalog.gen_random_uuid(),
    customer_id bigint      not null references crm.customers on delete cascade,
    name        text        not null default 'My wishes',
    shared      boolean     not null default false,
    created_at  timestamptz not null default pg_catalog.now(),
    updated_at  timestamptz not null default pg_catalog.now(),
    unique (customer_id, name)
);

create table crm.wishlist_items (
    wishlist_id uuid        not null references crm.wishlists on delete cascade,
    product_id  bigint      not null references catalog.products on delete cascade,
    wanted      smallint    not null default 1 check (wanted > 0),
    added_at    timestamptz not null default pg_catalog.now(),
    primary key (wishlist_id, product_id)
);

create index wishlist_items_product_id_idx on crm.wishlist_items (product_id);
