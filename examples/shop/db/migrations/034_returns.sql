-- Returns: what came back, why, and whether it can be sold again.
create type shop.return_condition as enum ('as_new', 'opened', 'damaged');

create table sales.returns (
    id          bigint generated always as identity primary key,
    order_id    bigint      not null references sales.orders,
    reason      text        not null,
    received_at timestamptz,
    refunded    shop.money,
    created_at  timestamptz not null default pg_catalog.now()
);

create table sales.return_lines (
    return_id   bigint                not null references sales.returns on delete cascade,
    order_id    bigint                not null,
    line_number integer               not null,
    quantity    shop.quantity         not null,
    condition   shop.return_condition not null,
    primary key (return_id, line_number),
    foreign key (order_id, line_number) references sales.order_lines (order_id, line_number)
);

create index returns_order_id_idx on sales.returns (order_id);
create index return_lines_order_id_idx on sales.return_lines (order_id, line_number);
