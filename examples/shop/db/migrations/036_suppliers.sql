-- Suppliers, and which product they deliver, at what cost and how fast.
create table warehouse.suppliers (
    id        integer generated always as identity primary key,
    name      text                not null unique,
    email     shop.email,
    address   shop.postal_address
);

create table warehouse.supplier_products (
    supplier_id  integer    not null references warehouse.suppliers on delete cascade,
    product_id   bigint     not null references catalog.products on delete cascade,
    supplier_sku text       not null,
    cost         shop.money not null,
    lead_time    interval   not null default '7 days' check (lead_time > interval '0'),
    primary key (supplier_id, product_id),
    unique (supplier_id, supplier_sku)
);

create index supplier_products_product_id_idx on warehouse.supplier_products (product_id);
