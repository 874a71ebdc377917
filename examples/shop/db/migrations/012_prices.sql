-- Prices in time. Two prices of one product must not be valid at the same moment.
-- The identifiers take part as one-element ranges, which GiST knows without an extension.
create table catalog.prices (
    id            bigint generated always as identity primary key,
    price_list_id integer     not null references catalog.price_lists,
    product_id    bigint      not null references catalog.products on delete cascade,
    amount        shop.amount not null,
    valid_during  tstzrange   not null default pg_catalog.tstzrange(pg_catalog.now(), null),
    constraint price_has_a_duration check (not pg_catalog.isempty(valid_during)),
    constraint prices_do_not_overlap exclude using gist (
        pg_catalog.int4range(price_list_id, price_list_id, '[]') with &&,
        pg_catalog.int8range(product_id, product_id, '[]') with &&,
        valid_during with &&)
);

create index prices_product_id_idx on catalog.prices (product_id, price_list_id);
