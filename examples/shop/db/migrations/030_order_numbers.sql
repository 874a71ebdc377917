-- Customers want a number they can read out on the telephone.
create sequence sales.order_number_seq as integer start with 10001;

alter table sales.orders
    add column number text not null
        default 'SO-' || pg_catalog.nextval('sales.order_number_seq'),
    add constraint orders_number_key unique (number);

alter sequence sales.order_number_seq owned by sales.orders.number;
