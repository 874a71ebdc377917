-- Where the stock of an order line is reserved. Lines older than this have no
-- reservation; their orders are long gone.
alter table sales.order_lines
    add column location_id integer references warehouse.locations;

create index order_lines_location_id_idx on sales.order_lines (location_id)
    where location_id is not null;
