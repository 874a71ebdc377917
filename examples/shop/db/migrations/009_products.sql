-- Products. What differs from product to product goes into attributes.
create table catalog.products (
    id            bigint generated always as identity primary key,
    sku           shop.sku    not null unique,
    name          text        not null check (name <> ''),
    description   text,
    attributes    jsonb       not null default '{}',
    tags          text[]      not null default '{}',
    weight_grams  integer     check (weight_grams > 0),
    released_on   date,
    retired_at    timestamptz,
    created_at    timestamptz not null default pg_catalog.now(),
    updated_at    timestamptz not null default pg_catalog.now()
);

create index products_tags_idx on catalog.products using gin (tags);
create index products_attributes_idx on catalog.products using gin (attributes jsonb_path_ops);
