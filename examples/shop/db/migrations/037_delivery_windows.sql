-- A customer may wish for a delivery window, with a beginning and an end.
alter table sales.orders
    add column wished_delivery tstzrange,
    add constraint wished_delivery_is_bounded check (
        not pg_catalog.lower_inf(wished_delivery)
        and not pg_catalog.upper_inf(wished_delivery)
        and not pg_catalog.isempty(wished_delivery));

comment on column sales.orders.wished_delivery is 'Null: as soon as possible.';
