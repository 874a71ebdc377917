-- Shipments: an order may travel in several parcels.
create table sales.shipments (
    id              bigint generated always as identity primary key,
    order_id        bigint               not null references sales.orders,
    location_id     integer              not null references warehouse.locations,
    status          shop.shipment_status not null default 'prepared',
    carrier         text,
    tracking_number text,
    handed_over_at  timestamptz,
    delivered_at    timestamptz,
    created_at      timestamptz          not null default pg_catalog.now(),
    updated_at      timestamptz          not null default pg_catalog.now(),
    constraint delivered_after_hand_over check (delivered_at >= handed_over_at),
    unique (carrier, tracking_number)
);

create table sales.shipment_lines (
    shipment_id bigint        not null references sales.shipments on delete cascade,
    order_id    bigint        not null,
    line_number integer       not null,
    quantity    shop.quantity not null,
    primary key (shipment_id, line_number),
    foreign key (order_id, line_number) references sales.order_lines (order_id, line_number)
);

create index shipments_order_id_idx on sales.shipments (order_id);
create index shipment_lines_order_id_idx on sales.shipment_lines (order_id, line_number);
