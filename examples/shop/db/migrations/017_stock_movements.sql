-- Every change of on_hand, for good: rows are added and never changed.
create table warehouse.stock_movements (
    id          bigint generated always as identity primary key,
    location_id integer              not null references warehouse.locations,
    product_id  bigint               not null references catalog.products,
    quantity    integer              not null check (quantity <> 0),
    reason      shop.movement_reason not null,
    reference   text,
    moved_at    timestamptz          not null default pg_catalog.now()
);

create index stock_movements_product_id_idx on warehouse.stock_movements (product_id, moved_at desc);
