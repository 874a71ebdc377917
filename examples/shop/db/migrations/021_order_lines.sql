-- Lines of an order, with the name and the price of that day.
create table sales.order_lines (
    order_id     bigint         not null references sales.orders on delete cascade,
    line_number  integer        not null check (line_number > 0),
    product_id   bigint         not null references catalog.products,
    product_name text           not null,
    quantity     shop.quantity  not null,
    unit_price   shop.amount    not null,
    line_total   numeric(14, 2) not null generated always as (quantity * unit_price) stored,
    primary key (order_id, line_number),
    unique (order_id, product_id)
);

create index order_lines_product_id_idx on sales.order_lines (product_id);
