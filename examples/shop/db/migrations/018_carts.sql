-- Carts, of customers and of visitors who have not said who they are.
create table sales.carts (
    id            uuid        primary key default pg_catalog.gen_random_uuid(),
    customer_id   bigint      references crm.customers on delete cascade,
    price_list_id integer     not null references catalog.price_lists,
    created_at    timestamptz not null default pg_catalog.now(),
    updated_at    timestamptz not null default pg_catalog.now(),
    ordered_at    timestamptz
);

create table sales.cart_lines (
    cart_id    uuid          not null references sales.carts on delete cascade,
    product_id bigint        not null references catalog.products,
    quantity   shop.quantity not null,
    added_at   timestamptz   not null default pg_catalog.now(),
    primary key (cart_id, product_id)
);

create index carts_customer_id_idx on sales.carts (customer_id) where ordered_at is null;
create index cart_lines_product_id_idx on sales.cart_lines (product_id);
