-- Reviews: one per customer and product, shown once somebody has read them.
create table sales.reviews (
    id           bigint generated always as identity primary key,
    product_id   bigint      not null references catalog.products on delete cascade,
    customer_id  bigint      not null references crm.customers on delete cascade,
    rating       smallint    not null check (rating between 1 and 5),
    title        text,
    body         text,
    published_at timestamptz,
    created_at   timestamptz not null default pg_catalog.now(),
    updated_at   timestamptz not null default pg_catalog.now(),
    unique (product_id, customer_id)
);

create index reviews_customer_id_idx on sales.reviews (customer_id);
create index reviews_published_idx on sales.reviews (product_id, published_at desc)
    where published_at is not null;
