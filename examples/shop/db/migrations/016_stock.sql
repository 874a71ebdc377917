-- Stock per location. Rows are written by movements and reservations only.
create table warehouse.stock (
    location_id integer     not null references warehouse.locations,
    product_id  bigint      not null references catalog.products,
    on_hand     integer     not null default 0,
    reserved    integer     not null default 0,
    available   integer     not null generated always as (on_hand - reserved) stored,
    updated_at  timestamptz not null default pg_catalog.now(),
    primary key (location_id, product_id),
    constraint on_hand_not_negative check (on_hand >= 0),
    constraint reserved_within_on_hand check (reserved between 0 and on_hand)
);

create index stock_product_id_idx on warehouse.stock (product_id);
