-- How an order came to its status. Written by a trigger.
create table sales.order_status_history (
    order_id   bigint            not null references sales.orders on delete cascade,
    changed_at timestamptz       not null default pg_catalog.clock_timestamp(),
    old_status shop.order_status,
    new_status shop.order_status not null,
    changed_by text              not null default current_user,
    primary key (order_id, changed_at)
);
